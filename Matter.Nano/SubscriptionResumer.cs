using Matter.Nano.Discovery;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Platform;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;

namespace Matter.Nano
{
    /// <summary>
    /// Takes up the subscriptions of before a restart again: finds each subscriber on the network unless it has come by
    /// itself, makes a session, and reports under the old subscription id. One subscriber at a time, and never while
    /// others' handshakes run. Who cannot be reached is tried again after pauses that double, and given up in the end.
    /// </summary>
    internal sealed class SubscriptionResumer
    {
        // Before the first subscriber is called, so that a house of devices doesn't speak at once when the power is back.
        private const int FirstDelayMs = 1000;
        private const int DelaySpanMs = 4000;

        private const int FirstPauseMs = 10000;
        private const int LastPauseMs = 640000;

        /// <summary>How soon to look again whether there is a network, or room for what is to be done.</summary>
        private const int RetryMs = 250;

        private const int Done = 0;
        private const int Waiting = 1;
        private const int Resolving = 2;
        private const int Connecting = 3;
        private const int Reporting = 4;

        private readonly Node _node;
        private readonly IPeerAddressing _addressing;
        private readonly IRandom _random;
        private readonly byte[] _peer = new byte[Session.MaxAddressLength];
        private SubscriptionTable _subscriptions;
        private int _state;
        private Subscription _subscription; // the one under way
        private uint _id;
        private int _unreachable; // a mask of rows of this round
        private long _due;
        private int _pauseMs;

        internal SubscriptionResumer(Node node, IPeerAddressing addressing, IRandom random)
        {
            _node = node;
            _addressing = addressing;
            _random = random;
        }

        /// <summary>Begins if there are dormant subscriptions.</summary>
        internal void Start(long now)
        {
            _subscriptions = _node.Interactions.Subscriptions;
            if (FindDormant() == null)
            {
                return;
            }

            _random.Fill(_peer, 0, 1);
            _due = now + FirstDelayMs + (_peer[0] * DelaySpanMs >> 8);
            _pauseMs = FirstPauseMs;
            _state = Waiting;
        }

        /// <summary>Goes a step further.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest; while others work for it their deadlines count.</returns>
        internal long Poll(long now)
        {
            int before = _state;
            switch (_state)
            {
                case Waiting:
                    if (now >= _due)
                    {
                        Begin(now);
                    }

                    break;
                case Resolving:
                    PollResolving(now);
                    break;
                case Connecting:
                    PollConnecting(now);
                    break;
                case Reporting:
                    PollReporting(now);
                    break;
            }

            return _state != before ? now : _state == Waiting ? _due : long.MaxValue;
        }

        private void Begin(long now)
        {
            _subscription = FindDormant();
            if (_subscription == null)
            {
                EndRound(now);
            }
            else if (!_node.Discovery.HasNetwork || _node.SecureChannel.HandshakeCount != 0)
            {
                WaitFor(RetryMs, now);
            }
            else
            {
                _id = _subscription.Id;
                Session session = FindSession();
                if (session != null)
                {
                    Report(session, now);
                    return;
                }

                Fabric fabric = _node.Fabrics.Find(_subscription.FabricIndex);
                _node.Discovery.Resolve(fabric.CompressedId, _subscription.PeerNodeId, now);
                _state = Resolving;
            }
        }

        private void PollResolving(long now)
        {
            Session session = IsStillDue() ? FindSession() : null;
            if (!IsStillDue())
            {
                WaitFor(0, now);
            }
            else if (session != null)
            {
                Report(session, now);
            }
            else if (!_node.Discovery.Resolver.IsAsking)
            {
                Connect(now);
            }
        }

        private void Connect(long now)
        {
            MdnsResolver resolver = _node.Discovery.Resolver;
            int length = resolver.AddressLength == 0 ? 0
                : _addressing.Write(_peer, resolver.Address, resolver.AddressLength, resolver.Port, resolver.InterfaceId);
            if (length == 0)
            {
                GiveUpPeer(now);
                return;
            }

            Session carrier = _node.SecureChannel.HandshakeCount != 0 ? null : _node.Sessions.OpenUnsecured(_peer, length, now);
            Exchange exchange = carrier == null ? null : _node.Exchanges.Open(carrier, _node.SecureChannel);
            Fabric fabric = _node.Fabrics.Find(_subscription.FabricIndex);
            if (exchange == null || _node.SecureChannel.Connect(exchange, fabric, _subscription.PeerNodeId, now) != 0)
            {
                WaitFor(RetryMs, now);
                return;
            }

            _state = Connecting;
        }

        private void PollConnecting(long now)
        {
            if (_node.SecureChannel.IsConnecting)
            {
                return;
            }

            Session session = IsStillDue() ? FindSession() : null;
            if (session != null)
            {
                Report(session, now);
            }
            else if (IsStillDue())
            {
                GiveUpPeer(now);
            }
            else
            {
                WaitFor(0, now);
            }
        }

        private void Report(Session session, long now)
        {
            if (_node.Interactions.Resume(_subscription, session, now))
            {
                _state = Reporting;
            }
            else
            {
                WaitFor(RetryMs, now);
            }
        }

        private void PollReporting(long now)
        {
            if (IsStillDue() && _subscription.IsReporting)
            {
                return;
            }

            // Taken up, refused or replaced; if it is dormant as before, the report did not arrive.
            if (IsStillDue())
            {
                GiveUpPeer(now);
            }
            else
            {
                WaitFor(0, now);
            }
        }

        /// <summary>The subscriptions of this subscriber have to wait for the next round.</summary>
        private void GiveUpPeer(long now)
        {
            for (int i = 0; i < _subscriptions.Capacity; i++)
            {
                Subscription row = _subscriptions.GetRow(i);
                if (row.FabricIndex == _subscription.FabricIndex && row.PeerNodeId == _subscription.PeerNodeId)
                {
                    _unreachable |= 1 << i;
                }
            }

            WaitFor(0, now);
        }

        private void EndRound(long now)
        {
            _unreachable = 0;
            bool isOver = _pauseMs > LastPauseMs;
            for (Subscription left = FindDormant(); left != null && isOver; left = FindDormant())
            {
                _subscriptions.Remove(left);
            }

            if (FindDormant() == null)
            {
                _state = Done;
                return;
            }

            WaitFor(_pauseMs, now);
            _pauseMs *= 2;
        }

        private void WaitFor(int ms, long now)
        {
            _due = now + ms;
            _state = Waiting;
        }

        // False once its subscriber has another one in its place, or none: the row may be another's.
        private bool IsStillDue()
        {
            return _subscription.IsDormant && _subscription.Id == _id;
        }

        private Session FindSession()
        {
            return _node.Sessions.FindPeer(_subscription.FabricIndex, _subscription.PeerNodeId);
        }

        // The next one of this round.
        private Subscription FindDormant()
        {
            for (int i = 0; i < _subscriptions.Capacity; i++)
            {
                Subscription row = _subscriptions.GetRow(i);
                if (row.IsDormant && (_unreachable >> i & 1) == 0)
                {
                    return row;
                }
            }

            return null;
        }
    }
}
