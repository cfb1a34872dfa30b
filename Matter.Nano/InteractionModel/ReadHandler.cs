using Matter.Nano.Exchanges;
using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>Read and subscribe requests: takes them apart and starts the report that answers them.</summary>
    internal sealed class ReadHandler
    {
        private readonly InteractionTable _interactions;
        private readonly SubscriptionTable _subscriptions;
        private readonly DataModel _model;
        private readonly ReportBuilder _builder;
        private readonly Reporter _reporter;
        private readonly InteractionContext _context;
        private readonly TlvReader _reader;
        private readonly AttributePath _path = new AttributePath();

        private bool _hasFabricFiltered;
        private bool _hasTooManyPaths;
        private bool _keepSubscriptions;
        private ulong _eventMin;
        private int _minInterval;
        private int _maxInterval;
        private int _presentFields;

        /// <summary>Creates a handler.</summary>
        /// <param name="interactions">Rows for reports under way.</param>
        /// <param name="subscriptions">The subscriptions.</param>
        /// <param name="model">What is read.</param>
        /// <param name="builder">Tells whether paths lead anywhere.</param>
        /// <param name="reporter">Sends the reports.</param>
        /// <param name="reader">Reads the requests.</param>
        /// <param name="context">The builder's context.</param>
        public ReadHandler(
            InteractionTable interactions,
            SubscriptionTable subscriptions,
            DataModel model,
            ReportBuilder builder,
            Reporter reporter,
            TlvReader reader,
            InteractionContext context)
        {
            _interactions = interactions;
            _subscriptions = subscriptions;
            _model = model;
            _builder = builder;
            _reporter = reporter;
            _reader = reader;
            _context = context;
        }

        /// <summary>Takes in a request, which the protocol's reader has been reset to.</summary>
        /// <param name="exchange">Its exchange, without a row.</param>
        /// <param name="isSubscribe">True for a SubscribeRequest, false for a ReadRequest.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns><see cref="ImStatus.Success"/>, or the status to answer.</returns>
        public int Receive(Exchange exchange, bool isSubscribe, long now)
        {
            Interaction row = _interactions.Take(isSubscribe ? Interaction.Subscribe : Interaction.Read, exchange, now);
            if (row == null)
            {
                return ImStatus.Busy;
            }

            ReportCursor cursor = row.Cursor;
            cursor.Start();
            cursor.Paths = row.Paths;
            cursor.PathsOffset = 0;
            cursor.PathCount = 0;
            cursor.HasSubscription = isSubscribe;
            cursor.ChangesOnly = false;
            cursor.SuppressResponse = !isSubscribe;
            cursor.HasEvents = false;
            row.Stamp = _model.Stamp;
            row.BeganMs = now;
            _context.Enter(exchange.Session, now);

            int status = isSubscribe ? ParseSubscribe(row) : ParseRead(row);
            if (status == ImStatus.Success && isSubscribe)
            {
                status = AddSubscription(row);
            }

            if (status != ImStatus.Success)
            {
                _interactions.Release(row);
                return status;
            }

            cursor.EventsFrom = _eventMin;
            cursor.EventsEnd = _model.Events == null ? 0 : _model.Events.End;
            _reporter.SendNext(row, now);
            return ImStatus.Success;
        }

        private int ParseRead(Interaction row)
        {
            TlvReader reader = _reader;
            Clear();
            reader.EnterMessage();
            while (reader.Next())
            {
                switch (reader.Tag)
                {
                    case 0: ParsePaths(row); break;
                    case 1: ParseEventPaths(row); break;
                    case 2: ParseEventFilters(); break;
                    case 3: ParseFabricFiltered(row); break;
                    case 4: ParseVersions(row); break;
                }
            }

            return Conclude();
        }

        private int ParseSubscribe(Interaction row)
        {
            TlvReader reader = _reader;
            Clear();
            reader.EnterMessage();
            while (reader.Next())
            {
                int tag = reader.Tag;
                switch (tag)
                {
                    case 0: _keepSubscriptions = reader.GetBoolean(); break;
                    case 1: _minInterval = (int)reader.GetUnsigned(0xFFFF); break;
                    case 2: _maxInterval = (int)reader.GetUnsigned(0xFFFF); break;
                    case 3: ParsePaths(row); break;
                    case 4: ParseEventPaths(row); break;
                    case 5: ParseEventFilters(); break;
                    case 7: ParseFabricFiltered(row); break;
                    case 8: ParseVersions(row); break;
                }

                if (tag >= 0 && tag <= 2)
                {
                    _presentFields |= 1 << tag;
                }
            }

            int status = Conclude();
            if (status != ImStatus.Success)
            {
                return status;
            }

            return _presentFields != 7 || _minInterval > _maxInterval || !LeadsAnywhere(row) ? ImStatus.InvalidAction : ImStatus.Success;
        }

        private void Clear()
        {
            _hasFabricFiltered = false;
            _eventMin = 0;
            _hasTooManyPaths = false;
            _presentFields = 0;
        }

        private int Conclude()
        {
            if (_reader.Finish() != 0 || !_hasFabricFiltered)
            {
                return ImStatus.InvalidAction;
            }

            return _hasTooManyPaths ? ImStatus.PathsExhausted : ImStatus.Success;
        }

        private void ParsePaths(Interaction row)
        {
            TlvReader reader = _reader;
            AttributePath path = _path;
            path.Reset();
            EnterArray();
            while (reader.Next())
            {
                path.Read(reader, _context.Session.LocalNodeId, _model.ConfigurationVersion);
                AddPath(row);
            }

            reader.Exit();
        }

        private void ParseEventPaths(Interaction row)
        {
            TlvReader reader = _reader;
            EnterArray();
            while (reader.Next())
            {
                _path.ReadEvent(reader, _context.Session.LocalNodeId);
                AddPath(row);
                row.Cursor.HasEvents = true;
            }

            reader.Exit();
        }

        private void AddPath(Interaction row)
        {
            if (!_path.IsReadable())
            {
                _reader.Fail(MatterError.OutOfRange);
            }

            int count = row.Cursor.PathCount;
            if (count == Limits.PathsPerRead)
            {
                _hasTooManyPaths = true;
            }
            else
            {
                _path.Store(row.Paths, count * AttributePath.Words);
                row.Cursor.PathCount = count + 1;
            }
        }

        // The filters of this node: the reader has all events before the number.
        private void ParseEventFilters()
        {
            TlvReader reader = _reader;
            EnterArray();
            while (reader.Next())
            {
                if (reader.Type != TlvType.Structure)
                {
                    reader.Fail(MatterError.WrongType);
                    break;
                }

                ulong eventMin = 0;
                bool isOurs = true;
                bool hasMin = false;
                reader.Enter();
                while (reader.Next())
                {
                    if (reader.Tag == 0)
                    {
                        isOurs = reader.GetUnsigned(ulong.MaxValue) == _context.Session.LocalNodeId;
                    }
                    else if (reader.Tag == 1)
                    {
                        eventMin = reader.GetUnsigned(ulong.MaxValue);
                        hasMin = true;
                    }
                }

                reader.Exit();
                if (!hasMin)
                {
                    reader.Fail(MatterError.NotFound);
                }

                if (isOurs && eventMin > _eventMin)
                {
                    _eventMin = eventMin;
                }
            }

            reader.Exit();
        }

        private void ParseFabricFiltered(Interaction row)
        {
            row.Cursor.IsFabricFiltered = _reader.GetBoolean();
            _hasFabricFiltered = true;
        }

        // Each filter is applied at once: what is left of it is whether the reader knows the cluster's present data.
        private void ParseVersions(Interaction row)
        {
            TlvReader reader = _reader;
            EnterArray();
            while (reader.Next())
            {
                int endpointId = -1;
                uint clusterId = 0;
                uint version = 0;
                int present = 0;
                if (reader.Type != TlvType.Structure)
                {
                    reader.Fail(MatterError.WrongType);
                    break;
                }

                reader.Enter();
                while (reader.Next())
                {
                    if (reader.Tag == 1)
                    {
                        version = (uint)reader.GetUnsigned(0xFFFFFFFF);
                        present |= 1;
                    }
                    else if (reader.Tag == 0)
                    {
                        if (reader.Type != TlvType.List)
                        {
                            reader.Fail(MatterError.WrongType);
                            break;
                        }

                        reader.Enter();
                        while (reader.Next())
                        {
                            if (reader.Tag == 1)
                            {
                                endpointId = (int)reader.GetUnsigned(0xFFFF);
                                present |= 2;
                            }
                            else if (reader.Tag == 2)
                            {
                                clusterId = (uint)reader.GetUnsigned(0xFFFFFFFF);
                                present |= 4;
                            }
                        }

                        reader.Exit();
                    }
                }

                reader.Exit();
                if (present != 7)
                {
                    reader.Fail(MatterError.NotFound);
                }

                Endpoint endpoint = _model.Find(endpointId);
                Cluster cluster = endpoint == null ? null : endpoint.Find(clusterId);
                if (cluster != null && cluster.DataVersion == version)
                {
                    row.Cursor.SetKnown(cluster.Ordinal);
                }
            }

            reader.Exit();
        }

        private void EnterArray()
        {
            if (_reader.Type != TlvType.Array)
            {
                _reader.Fail(MatterError.WrongType);
            }
            else
            {
                _reader.Enter();
            }
        }

        private bool LeadsAnywhere(Interaction row)
        {
            for (int i = 0; i < row.Cursor.PathCount; i++)
            {
                if (_builder.Reaches(row.Paths, i * AttributePath.Words))
                {
                    return true;
                }
            }

            return false;
        }

        private int AddSubscription(Interaction row)
        {
            ReportCursor cursor = row.Cursor;
            if (!_keepSubscriptions)
            {
                _subscriptions.RemoveSubscriber(row.Exchange.Session);
            }

            Subscription subscription = _subscriptions.Add(row.Exchange.Session, row.Paths, cursor.PathCount);
            if (subscription == null)
            {
                return ImStatus.ResourceExhausted;
            }

            // The subscriber's longest interval suits a node that is always on; none at all would mean reports without end.
            subscription.IsFabricFiltered = cursor.IsFabricFiltered;
            subscription.HasEvents = cursor.HasEvents;
            subscription.SetIntervals(_minInterval, _maxInterval == 0 ? 1 : _maxInterval);
            row.Subscription = subscription;
            cursor.Paths = _subscriptions.Paths;
            cursor.SubscriptionId = subscription.Id;
            return ImStatus.Success;
        }
    }
}
