using Matter.Nano.Exchanges;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// Sends reports, chunk by chunk: the answers to reads, what a new subscription begins with, and the reports of
    /// subscriptions when they are due.
    /// </summary>
    internal sealed class Reporter
    {
        // How soon to try again if outbox, exchanges or interactions are all in use.
        private const int RetryMs = 50;

        private readonly ExchangeTable _exchanges;
        private readonly InteractionProtocol _protocol;
        private readonly InteractionTable _interactions;
        private readonly SubscriptionTable _subscriptions;
        private readonly DataModel _model;
        private readonly ReportBuilder _builder;
        private readonly TlvWriter _writer;
        private readonly InteractionContext _context;
        private readonly ReportCursor _before = new ReportCursor(0);

        /// <summary>Creates a reporter.</summary>
        /// <param name="exchanges">Gives exchanges for reports.</param>
        /// <param name="protocol">The protocol that they belong to.</param>
        /// <param name="interactions">Rows for reports under way.</param>
        /// <param name="subscriptions">The subscriptions.</param>
        /// <param name="model">What is reported.</param>
        /// <param name="builder">Writes the messages.</param>
        /// <param name="writer">The builder's writer.</param>
        /// <param name="context">The builder's context.</param>
        public Reporter(
            ExchangeTable exchanges,
            InteractionProtocol protocol,
            InteractionTable interactions,
            SubscriptionTable subscriptions,
            DataModel model,
            ReportBuilder builder,
            TlvWriter writer,
            InteractionContext context)
        {
            _exchanges = exchanges;
            _protocol = protocol;
            _interactions = interactions;
            _subscriptions = subscriptions;
            _model = model;
            _builder = builder;
            _writer = writer;
            _context = context;
        }

        /// <summary>
        /// Sends the next message of a report, or has Poll try again. A long one doesn't take the last slot, where it would
        /// stay until acknowledged: subscribers that are gone keep nobody from switching the light.
        /// </summary>
        /// <param name="row">Its interaction.</param>
        /// <param name="now">Monotonic ms.</param>
        public void SendNext(Interaction row, long now)
        {
            Subscription subscription = row.Subscription;
            if (subscription != null)
            {
                if (subscription.Id != row.Cursor.SubscriptionId)
                {
                    Abandon(row);
                    return;
                }

                row.Cursor.PathsOffset = subscription.PathsOffset;
            }

            Exchange exchange = row.Exchange;
            OutboxSlot slot = row.NeedsSpare ? exchange.NewSpareMessage() : exchange.NewMessage();
            row.IsBlocked = slot == null;
            if (row.IsBlocked)
            {
                return;
            }

            _context.Enter(exchange.Session, now);
            _before.CopyPosition(row.Cursor);
            bool isLast = _builder.Write(row.Cursor, slot);
            if (isLast && _builder.IsEmpty && row.Kind == Interaction.Report && row.Cursor.ChangesOnly && !row.IsBegun && !row.Cursor.SuppressResponse)
            {
                // What changed is not for this subscriber's eyes.
                exchange.Discard(slot);
                NoteReported(row);
                Finish(row);
                return;
            }

            row.NeedsSpare = !exchange.LeavesRoom(_writer.Length);
            if (row.NeedsSpare)
            {
                exchange.Discard(slot);
                row.Cursor.CopyPosition(_before);
                row.IsBlocked = true;
                return;
            }

            if (exchange.Send(slot, InteractionOpcode.ReportData, _writer.Length, true, now) < 0)
            {
                AbandonUnlessAborted(row, exchange);
                return;
            }

            row.IsBegun = true;
            row.IsLastSent = isLast;
            _interactions.Await(row, now);
            if (isLast && row.Kind == Interaction.Read)
            {
                Finish(row);
            }
        }

        /// <summary>The peer's StatusResponse to a message of a report.</summary>
        /// <param name="row">Its interaction.</param>
        /// <param name="status">The status.</param>
        /// <param name="now">Monotonic ms.</param>
        public void Confirm(Interaction row, int status, long now)
        {
            if (status != ImStatus.Success || !row.IsBegun || row.IsBlocked)
            {
                if (status == ImStatus.InvalidSubscription && row.Subscription != null && row.Subscription.Id == row.Cursor.SubscriptionId)
                {
                    _subscriptions.Remove(row.Subscription);
                }

                Abandon(row);
            }
            else if (!row.IsLastSent)
            {
                SendNext(row, now);
            }
            else if (row.Kind == Interaction.Report)
            {
                Complete(row);
            }
            else
            {
                Respond(row, now);
            }
        }

        /// <summary>The peer has acknowledged a message: all that a report without StatusResponse waits for.</summary>
        /// <param name="row">Its interaction.</param>
        public void Acknowledged(Interaction row)
        {
            if (row.Kind == Interaction.Report && row.IsLastSent && row.Cursor.SuppressResponse)
            {
                Complete(row);
            }
        }

        /// <summary>Begins the report that takes up a dormant subscription: all of its data, under its old id.</summary>
        /// <param name="subscription">The subscription; in force once the report has arrived, otherwise it stays dormant.</param>
        /// <param name="session">A session with its subscriber.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>False to try again later.</returns>
        public bool Resume(Subscription subscription, Session session, long now)
        {
            // The log is younger than what the subscriber knows: all events in it are news.
            subscription.EventsFrom = 0;
            return Begin(subscription, session, now);
        }

        /// <summary>Gives a report up, and the subscription that it is of unless that is dormant.</summary>
        /// <param name="row">Its interaction; freed, its exchange closed.</param>
        public void Abandon(Interaction row)
        {
            Subscription subscription = row.Subscription;
            if (subscription != null && subscription.Id == row.Cursor.SubscriptionId)
            {
                subscription.IsReporting = false;
                if (!subscription.IsDormant)
                {
                    _subscriptions.Remove(subscription);
                }
            }

            Exchange exchange = row.Exchange;
            _interactions.Release(row);
            exchange.Close();
        }

        /// <summary>Sends what waits for room and begins the reports that are due.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest.</returns>
        public long Poll(long now)
        {
            long deadline = long.MaxValue;
            for (int i = 0; i < _subscriptions.Capacity; i++)
            {
                Subscription subscription = _subscriptions.GetRow(i);
                if (subscription.Id != 0 && subscription.IsActive && !subscription.IsReporting)
                {
                    long due = GetDue(subscription);
                    if (due <= now)
                    {
                        bool isBegun = Begin(subscription, subscription.Session, now);
                        due = !isBegun ? now + RetryMs
                            : subscription.IsReporting || subscription.Id == 0 ? long.MaxValue : GetDue(subscription);
                    }

                    if (due < deadline)
                    {
                        deadline = due;
                    }
                }
            }

            for (int i = 0; i < _interactions.Capacity; i++)
            {
                Interaction row = _interactions.GetRow(i);
                if (row.IsBlocked && row.Kind != Interaction.None)
                {
                    SendNext(row, now);
                    if (row.IsBlocked && now + RetryMs < deadline)
                    {
                        deadline = now + RetryMs;
                    }
                }
            }

            return deadline;
        }

        private long GetDue(Subscription subscription)
        {
            long last = subscription.LastReportMs;
            if (subscription.ReportedStamp != _model.Stamp)
            {
                if (_model.MayHaveChanged(_subscriptions.Paths, subscription.PathsOffset, subscription.PathCount, subscription.ReportedStamp)
                    || HasEvents(subscription, AttributePath.Event | AttributePath.Urgent))
                {
                    return last + subscription.MinIntervalMs;
                }

                subscription.ReportedStamp = _model.Stamp;
            }

            return last + subscription.MaxIntervalMs;
        }

        private bool HasEvents(Subscription subscription, uint flags)
        {
            return subscription.HasEvents && _model.Events != null
                && _model.Events.Holds(
                    subscription.EventsFrom, _subscriptions.Paths, subscription.PathsOffset, subscription.PathCount, flags);
        }

        // False to try again later.
        private bool Begin(Subscription subscription, Session session, long now)
        {
            if (!_interactions.HasSpare)
            {
                return false;
            }

            Exchange exchange = _exchanges.Open(session, _protocol);
            if (exchange == null)
            {
                return false;
            }

            Interaction row = _interactions.Take(Interaction.Report, exchange, now);
            row.Subscription = subscription;
            row.Stamp = _model.Stamp;
            row.BeganMs = now;
            ReportCursor cursor = row.Cursor;
            cursor.Start();
            cursor.Paths = _subscriptions.Paths;
            cursor.PathCount = subscription.PathCount;
            cursor.HasSubscription = true;
            cursor.SubscriptionId = subscription.Id;
            cursor.ChangesOnly = !subscription.IsDormant;
            cursor.Since = subscription.ReportedStamp;
            cursor.IsFabricFiltered = subscription.IsFabricFiltered;

            // Without a change it is only to say that this side is alive.
            cursor.SuppressResponse = cursor.ChangesOnly && subscription.ReportedStamp == _model.Stamp && !HasEvents(subscription, AttributePath.Event);
            cursor.HasEvents = subscription.HasEvents;
            cursor.EventsFrom = subscription.EventsFrom;
            cursor.EventsEnd = _model.Events == null ? 0 : _model.Events.End;
            subscription.IsReporting = true;
            SendNext(row, now);
            return true;
        }

        private static void NoteReported(Interaction row)
        {
            row.Subscription.ReportedStamp = row.Stamp;
            row.Subscription.EventsFrom = row.Cursor.EventsEnd;
        }

        // A report has arrived as a whole.
        private void Complete(Interaction row)
        {
            Subscription subscription = row.Subscription;
            if (subscription.Id == row.Cursor.SubscriptionId)
            {
                NoteReported(row);
                subscription.LastReportMs = row.BeganMs;
                if (subscription.IsDormant)
                {
                    _subscriptions.Activate(subscription, row.Exchange.Session);
                }
            }

            Finish(row);
        }

        // What a subscription begins with has arrived as a whole.
        private void Respond(Interaction row, long now)
        {
            Exchange exchange = row.Exchange;
            Subscription subscription = row.Subscription;
            OutboxSlot slot = subscription.Id == row.Cursor.SubscriptionId ? exchange.NewMessage() : null;
            if (slot == null)
            {
                Abandon(row);
                return;
            }

            TlvWriter writer = _writer;
            writer.Reset(slot.Buffer, slot.PayloadOffset, slot.PayloadCapacity);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutUnsigned(0, subscription.Id);
            writer.PutUnsigned(2, (uint)(subscription.MaxIntervalMs / 1000));
            writer.PutUnsigned(0xFF, InteractionProtocol.Revision);
            writer.EndContainer();
            if (exchange.Send(slot, InteractionOpcode.SubscribeResponse, writer.Length, true, now) < 0)
            {
                AbandonUnlessAborted(row, exchange);
                return;
            }

            _subscriptions.Activate(subscription, subscription.Session);
            NoteReported(row);
            subscription.LastReportMs = row.BeganMs;
            Finish(row);
        }

        // A send that finds its session at its end closes it, which aborts the exchange.
        private void AbandonUnlessAborted(Interaction row, Exchange exchange)
        {
            if (row.Exchange == exchange)
            {
                Abandon(row);
            }
        }

        private void Finish(Interaction row)
        {
            Exchange exchange = row.Exchange;
            if (row.Subscription != null && row.Subscription.Id == row.Cursor.SubscriptionId)
            {
                row.Subscription.IsReporting = false;
            }

            _interactions.Release(row);
            exchange.Close();
        }
    }
}
