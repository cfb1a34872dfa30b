using System;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>What the measurement clusters have in common: a value that may be unknown, its limits and tolerance.</summary>
    public abstract class MeasurementCluster : Cluster
    {
        private const uint MeasuredValueId = 0x0000;
        private const uint MinMeasuredValueId = 0x0001;
        private const uint MaxMeasuredValueId = 0x0002;
        private const uint ToleranceId = 0x0003;

        private const int MaxTolerance = 2048;
        private const int Unknown = int.MinValue;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadView, Quality.Nullable,
            0x00, 0x01, Access.ReadView, Quality.Nullable | Quality.Fixed,
            0x00, 0x02, Access.ReadView, Quality.Nullable | Quality.Fixed,
            0x00, 0x03, Access.ReadView, Quality.Fixed,
        };

        private readonly int _minimum;
        private readonly int _maximum;
        private readonly int _tolerance;
        private int _value = Unknown;

        /// <summary>Creates the cluster; the value is unknown. Throws if the limits make no sense.</summary>
        /// <param name="id">Cluster id.</param>
        /// <param name="revision">ClusterRevision.</param>
        /// <param name="minimum">The lowest value that the sensor can measure.</param>
        /// <param name="maximum">The highest value, above <paramref name="minimum"/>.</param>
        /// <param name="tolerance">By how much the value may be wrong, 0 to 2048.</param>
        protected MeasurementCluster(uint id, int revision, int minimum, int maximum, int tolerance)
            : base(id, revision, 0, AttributeTable, null)
        {
            if (minimum >= maximum || tolerance < 0 || tolerance > MaxTolerance)
            {
                throw new ArgumentException("limits of a measurement");
            }

            _minimum = minimum;
            _maximum = maximum;
            _tolerance = tolerance;
        }

        /// <summary>False until a value is set, and while there is none.</summary>
        public bool IsKnown { get { return _value != Unknown; } }

        /// <summary>The value; 0 while it is unknown.</summary>
        public int Value { get { return IsKnown ? _value : 0; } }

        /// <summary>Tells a new value. Each change is reported to subscribers: leave out noise.</summary>
        /// <param name="value">In the cluster's unit; brought within the sensor's limits.</param>
        public void Set(int value)
        {
            Take(value < _minimum ? _minimum : value > _maximum ? _maximum : value);
        }

        /// <summary>Tells that the sensor has no value, as when it doesn't answer.</summary>
        public void SetUnknown()
        {
            Take(Unknown);
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            switch (attributeId)
            {
                case MeasuredValueId:
                    if (IsKnown)
                    {
                        Put(writer, tag, _value);
                    }
                    else
                    {
                        writer.PutNull(tag);
                    }

                    break;
                case MinMeasuredValueId:
                    Put(writer, tag, _minimum);
                    break;
                case MaxMeasuredValueId:
                    Put(writer, tag, _maximum);
                    break;
                case ToleranceId:
                    writer.PutUnsigned(tag, (ulong)_tolerance);
                    break;
                default:
                    return ImStatus.UnsupportedAttribute;
            }

            return ImStatus.Success;
        }

        /// <summary>Writes a value, signed or unsigned as the cluster has it.</summary>
        /// <param name="writer">Receives it.</param>
        /// <param name="tag">Its tag.</param>
        /// <param name="value">The value or one of its limits.</param>
        protected abstract void Put(TlvWriter writer, int tag, int value);

        private void Take(int value)
        {
            if (_value != value)
            {
                _value = value;
                Changed(MeasuredValueId);
            }
        }
    }
}
