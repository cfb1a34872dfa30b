using System.Collections.Generic;
using System.Globalization;
using Matter.Nano.Clusters;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>A light and a plug of one node, their subscribers and the seconds that pass, also while a subscriber waits for an answer.</summary>
    internal sealed class SubscriptionWorld
    {
        /// <summary>The light changes for most of it and the plug rests, then the other way round: what has rested is compared.</summary>
        public const int PeriodMinutes = 15;

        private const int PeriodSeconds = PeriodMinutes * 60;

        // Longer than a minimal interval and a report that is sent again and again.
        private const int RestSeconds = 40;

        // Longer than the longest interval, and than a report takes to be given up.
        private const int AbsenceSeconds = 120;
        private const int AbsenceSecond = 30;
        private const int LabelEverySeconds = 20;
        private const ulong LightId = 0x1234;

        private readonly MemoryLink _link = new MemoryLink(7);
        private readonly LightAndPlug _light;
        private readonly SubscriptionTable _subscriptions;
        private readonly List<Commissioner> _commissioners = new List<Commissioner>();
        private long _nextSecondMs = long.MaxValue;
        private int _secondOfPeriod;
        private bool _isLightAtRest;
        private string _label = "";

        public SubscriptionWorld(int fabrics, int lossPercent)
        {
            _light = new LightAndPlug(8, new MemoryStore(), _link.Now);
            _subscriptions = NodeState.Subscriptions(_light.Node);
            _link.Join(_light);
            for (int i = 0; i < fabrics; i++)
            {
                Commissioner commissioner = new Commissioner((uint)(10 + i), 0xFAB0 + (ulong)i, _link.Address(1), Wait);
                _commissioners.Add(commissioner);
                _link.Join(commissioner);
                _link.Run(1);
                Assert.AreEqual(0, _light.Node.Window.OpenByUser(_link.Now));
                commissioner.Commission(VirtualLight.Passcode, LightId);
                Subscriber subscriber = new Subscriber(commissioner);
                Subscribers.Add(subscriber);
                subscriber.Subscribe();
            }

            Datagrams = _link.Sent;
            _link.LossPercent = lossPercent;
            _nextSecondMs = _link.Now + 1000;
        }

        public List<Subscriber> Subscribers { get; } = new List<Subscriber>();

        public int Seconds { get; private set; }

        public int Changes { get; private set; }

        public long Datagrams { get; private set; }

        /// <summary>How often a subscriber found one of its subscriptions silent.</summary>
        public int Renewals { get; private set; }

        /// <summary>How often a subscriber vanished and came back.</summary>
        public int Returns { get; private set; }

        /// <summary>How often a subscriber's values were compared with the light's.</summary>
        public int Comparisons { get; private set; }

        /// <summary>Lets a quarter of an hour pass. In each one subscriber in its turn is gone for a while.</summary>
        public void RunPeriod(int period)
        {
            string run = "period " + period;
            Subscriber absent = Subscribers[period % Subscribers.Count];
            int fabric = _commissioners[period % Subscribers.Count].FabricIndex;
            int end = Seconds + PeriodSeconds;
            _secondOfPeriod = 0;
            while (Seconds < end)
            {
                int second = _secondOfPeriod;
                if (second == AbsenceSecond)
                    absent.SwitchOff();
                if (second >= AbsenceSecond + AbsenceSeconds && !absent.IsOn)
                {
                    Assert.AreEqual(0, _subscriptions.CountOf(fabric), "subscriptions of who is gone: " + run);
                    Attempt(absent.Subscribe);
                    Returns++;
                }

                if (!_isLightAtRest && second >= PeriodSeconds - RestSeconds)
                {
                    Compare(run);
                    _isLightAtRest = true;
                }

                if (!_isLightAtRest)
                    RenewSilent();
                if (second % LabelEverySeconds == 0 && !_isLightAtRest)
                    WriteLabel();
                Wait(1000);
            }

            Compare(run);
            _isLightAtRest = false;
        }

        /// <summary>All is quiet: what is held are the subscribers' sessions and subscriptions.</summary>
        public void End()
        {
            _link.LossPercent = 0;
            foreach (Subscriber subscriber in Subscribers)
                subscriber.SwitchOff();
            _link.Run(600000);
            Assert.AreEqual(0, _subscriptions.Count, "subscriptions when all are gone");
            NodeState.AssertAtRest(_light, NodeState.Sessions(_light.Node), "end");
        }

        private void Compare(string run)
        {
            SubscriptionTable table = _subscriptions;
            int mine = 0;
            for (int i = 0; i < table.Capacity; i++)
            {
                Subscription row = table.GetRow(i);
                foreach (Subscriber subscriber in Subscribers)
                    mine += row.Id != 0 && row.IsActive && subscriber.Has(row.Id) ? 1 : 0;
            }

            foreach (Subscriber subscriber in Subscribers)
            {
                // One that has fallen silent in the last minutes has missed something, and will notice; the others have not.
                subscriber.Look();
                if (!IsWhole(subscriber))
                    continue;
                if (_isLightAtRest)
                    subscriber.AssertKnows(_light.OnOff.IsOn, _label, run);
                else
                    subscriber.AssertKnowsPlug(_light.Plug.IsOn, run);
                Comparisons++;
            }

            Assert.AreEqual(mine, table.Count, "no subscription that nobody knows of: " + run);
        }

        // Whether the light holds all of its subscriptions.
        private bool IsWhole(Subscriber subscriber)
        {
            SubscriptionTable table = _subscriptions;
            int held = 0;
            for (int i = 0; i < table.Capacity; i++)
                held += table.GetRow(i).Id != 0 && subscriber.Has(table.GetRow(i).Id) ? 1 : 0;
            return held == Subscriber.Subscriptions;
        }

        private void RenewSilent()
        {
            foreach (Subscriber subscriber in Subscribers)
            {
                subscriber.Tidy();
                if (!subscriber.IsOn || !subscriber.IsSilent(_link.Now))
                    continue;
                Renewals++;
                Attempt(subscriber.Subscribe);
            }
        }

        private void WriteLabel()
        {
            string label = Seconds.ToString(CultureInfo.InvariantCulture);
            foreach (Subscriber subscriber in Subscribers)
            {
                if (!subscriber.IsOn)
                    continue;
                Attempt(() => subscriber.WriteLabel(label));
                _label = label;
                return;
            }
        }

        // A request may get lost with all its repetitions.
        private static void Attempt(System.Action request)
        {
            for (int i = 0; i < 3; i++)
            {
                try
                {
                    request();
                    return;
                }
                catch (NoAnswerException)
                {
                }
            }

            Assert.IsTrue(false, "no answer to three requests in a row");
        }

        private void Wait(int milliseconds)
        {
            long until = _link.Now + milliseconds;
            while (_nextSecondMs <= until)
            {
                _link.Run(_nextSecondMs - _link.Now);
                Tick();
            }

            _link.Run(until - _link.Now);
        }

        private void Tick()
        {
            _nextSecondMs += 1000;
            Seconds++;
            _secondOfPeriod++;
            Datagrams += _link.Sent;
            _link.ClearLog();
            foreach (Subscriber subscriber in Subscribers)
                subscriber.Look();
            AssertInTime();
            OnOffCluster changing = _isLightAtRest ? _light.Plug : _light.OnOff;
            changing.Switch(!changing.IsOn);
            Changes++;
        }

        // A report is begun within the longest interval after the one before, each look a second after the last.
        private void AssertInTime()
        {
            SubscriptionTable table = _subscriptions;
            for (int i = 0; i < table.Capacity; i++)
            {
                Subscription row = table.GetRow(i);
                if (row.Id != 0 && row.IsActive && !row.IsReporting)
                    Assert.IsTrue(_link.Now - row.LastReportMs <= row.MaxIntervalMs + 1000, "longest interval");
            }
        }
    }
}
