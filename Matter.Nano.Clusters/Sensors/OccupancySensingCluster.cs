using System;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>
    /// Occupancy Sensing with HoldTime and its event (Matter Application Clusters 2.7): occupied at the first detection,
    /// unoccupied when nothing has been detected for HoldTime.
    /// </summary>
    public sealed class OccupancySensingCluster : Cluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x0406;

        /// <summary>It senses in a way of its own.</summary>
        public const uint Other = 0x01;

        /// <summary>It senses warm bodies that move.</summary>
        public const uint PassiveInfrared = 0x02;

        /// <summary>It senses by ultrasound.</summary>
        public const uint Ultrasonic = 0x04;

        /// <summary>It senses by being touched, as a mat does.</summary>
        public const uint PhysicalContact = 0x08;

        /// <summary>It senses by infrared that it sends.</summary>
        public const uint ActiveInfrared = 0x10;

        /// <summary>It senses by radar.</summary>
        public const uint Radar = 0x20;

        /// <summary>It senses by the radio signals that are there.</summary>
        public const uint RfSensing = 0x40;

        /// <summary>It senses by a camera.</summary>
        public const uint Vision = 0x80;

        /// <summary>Longest HoldTime in s.</summary>
        public const int MaxHoldTime = 3600;

        private const uint OccupancyId = 0x0000;
        private const uint OccupancySensorTypeId = 0x0001;
        private const uint OccupancySensorTypeBitmapId = 0x0002;
        private const uint HoldTimeId = 0x0003;
        private const uint HoldTimeLimitsId = 0x0004;
        private const uint OccupancyChanged = 0x00;

        private const uint AnySensing = 0xFF;
        private const uint OccupancyEventFeature = 0x200;
        private const int MinHoldTime = 1;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadView, Quality.None,
            0x00, 0x01, Access.ReadView, Quality.Fixed,
            0x00, 0x02, Access.ReadView, Quality.Fixed,
            0x00, 0x03, Access.ReadView | Access.WriteManage, Quality.NonVolatile,
            0x00, 0x04, Access.ReadView, Quality.Fixed,
        };

        private static readonly byte[] EventTable = { 0x00, EventAccess.View | EventAccess.Info };

        private readonly int _defaultHoldTime;
        private int _holdTime;
        private bool _isDetected;
        private bool _hasEnded; // a detection, at a time not known yet
        private long _endedAt;

        /// <summary>Creates the cluster, unoccupied. Throws for a wrong argument.</summary>
        /// <param name="sensing">How it senses: <see cref="Other"/> to <see cref="Vision"/>, at least one of them.</param>
        /// <param name="holdTime">HoldTime of a new device in s, 1 to <see cref="MaxHoldTime"/>. Controllers may change it.</param>
        public OccupancySensingCluster(uint sensing, int holdTime)
            : base(ClusterId, 7, sensing | OccupancyEventFeature, AttributeTable, null, EventTable)
        {
            if (sensing == 0 || (sensing & ~AnySensing) != 0 || holdTime < MinHoldTime || holdTime > MaxHoldTime)
            {
                throw new ArgumentException("occupancy sensing");
            }

            _defaultHoldTime = holdTime;
            _holdTime = holdTime;
        }

        /// <summary>True while somebody is held to be there.</summary>
        public bool IsOccupied { get; private set; }

        /// <summary>Tells what the sensor detects just now.</summary>
        /// <param name="detected">True for somebody.</param>
        public void Set(bool detected)
        {
            if (detected == _isDetected)
            {
                return;
            }

            _isDetected = detected;
            _hasEnded = !detected;
            if (detected)
            {
                Occupy(true);
            }
            else
            {
                Wake();
            }
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            switch (attributeId)
            {
                case OccupancyId:
                    writer.PutUnsigned(tag, IsOccupied ? 1u : 0u);
                    break;
                case OccupancySensorTypeId:
                    writer.PutUnsigned(tag, LegacyType());
                    break;
                case OccupancySensorTypeBitmapId:
                    writer.PutUnsigned(tag, LegacyBitmap());
                    break;
                case HoldTimeId:
                    writer.PutUnsigned(tag, (ulong)_holdTime);
                    break;
                case HoldTimeLimitsId:
                    writer.StartStructure(tag);
                    writer.PutUnsigned(0, MinHoldTime);
                    writer.PutUnsigned(1, MaxHoldTime);
                    writer.PutUnsigned(2, (ulong)_defaultHoldTime);
                    writer.EndContainer();
                    break;
                default:
                    return ImStatus.UnsupportedAttribute;
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int Write(uint attributeId, TlvReader value, InteractionContext context)
        {
            int holdTime = (int)value.GetUnsigned(MaxHoldTime);
            if (value.Error != 0)
            {
                return ImStatus.OfValue(value.Error);
            }

            if (holdTime < MinHoldTime)
            {
                return ImStatus.ConstraintError;
            }

            if (holdTime != _holdTime)
            {
                _holdTime = holdTime;
                Changed(HoldTimeId);
                Wake();
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override long Poll(long now)
        {
            if (_isDetected || !IsOccupied)
            {
                return long.MaxValue;
            }

            if (_hasEnded)
            {
                _hasEnded = false;
                _endedAt = now;
            }

            long until = _endedAt + (_holdTime * 1000L);
            if (now < until)
            {
                return until;
            }

            Occupy(false);
            return long.MaxValue;
        }

        /// <inheritdoc/>
        public override void Save(TlvWriter writer)
        {
            writer.PutUnsigned((int)HoldTimeId, (ulong)_holdTime);
        }

        /// <inheritdoc/>
        public override void Load(TlvReader reader)
        {
            while (reader.Next())
            {
                if (reader.Tag == (int)HoldTimeId)
                {
                    int holdTime = (int)reader.GetUnsigned(MaxHoldTime);
                    _holdTime = holdTime < MinHoldTime ? _defaultHoldTime : holdTime;
                }
            }
        }

        private void Occupy(bool occupied)
        {
            if (IsOccupied == occupied)
            {
                return;
            }

            IsOccupied = occupied;
            Changed(OccupancyId);
            BeginEvent(OccupancyChanged).PutUnsigned(0, occupied ? 1u : 0u);
            EndEvent();
        }

        // OccupancySensorTypeEnum: Pir 0, Ultrasonic 1, PirAndUltrasonic 2, PhysicalContact 3. The newer ways count as Pir.
        private uint LegacyType()
        {
            switch (LegacyBitmap())
            {
                case 2:
                case 6:
                    return 1;
                case 3:
                case 7:
                    return 2;
                case 4:
                    return 3;
                default:
                    return 0;
            }
        }

        // OccupancySensorTypeBitmap: Pir, Ultrasonic, PhysicalContact, as the features one bit further up.
        private uint LegacyBitmap()
        {
            uint bitmap = (Features >> 1) & 7;
            return bitmap == 0 ? 1 : bitmap;
        }
    }
}
