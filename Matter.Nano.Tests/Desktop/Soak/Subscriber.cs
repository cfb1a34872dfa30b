using System;
using System.Collections.Generic;
using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tests.Scenario;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>
    /// An administrator of one fabric with three subscriptions over one session: to the state of light and plug, to everything on the light's
    /// endpoint and the label of the node, to what never changes. Makes them anew when one falls silent.
    /// </summary>
    internal sealed class Subscriber
    {
        public const uint OnOff = 0x06;
        public const uint BasicInformation = 0x28;
        public const uint NodeLabel = 5;
        public const int Subscriptions = 3;

        /// <summary>What a report may take that has to be sent again and again, and the time between two looks at it.</summary>
        public const int DelayMs = 20000;

        private const ulong LightId = 0x1234;
        private const uint VendorName = 1;

        private static readonly int[] MinIntervals = { 0, 5, 0 };
        private static readonly int[] MaxIntervals = { 30, 60, 90 };
        private static readonly long[][] Paths =
        {
            new long[] { -1, OnOff, 0 },
            new long[] { 1, -1, -1, 0, BasicInformation, NodeLabel },
            new long[] { 0, BasicInformation, VendorName },
        };

        private readonly Commissioner _commissioner;
        private readonly uint[] _ids = new uint[Subscriptions];
        private readonly Dictionary<uint, long> _reportedAt = new Dictionary<uint, long>();
        private readonly long[] _onOff = new long[Subscriptions];
        private bool _isPlugOn;
        private string _label;
        private int _read;

        public Subscriber(Commissioner commissioner)
        {
            _commissioner = commissioner;
        }

        /// <summary>False while it is switched off.</summary>
        public bool IsOn { get; private set; }

        /// <summary>Messages of reports received.</summary>
        public int Reports { get; private set; }

        /// <summary>Longest time beyond the longest interval that was agreed between two reports, in ms.</summary>
        public long LongestDelayMs { get; private set; }

        /// <summary>Handshakes made.</summary>
        public int Handshakes { get; private set; }

        /// <summary>Tells the light what to show as its label.</summary>
        public void WriteLabel(string label)
        {
            InteractionClient client = _commissioner.Client;
            Look();
            Forget();
            client.BeginWrite(false, false);
            client.BeginItem(0, BasicInformation, NodeLabel, false, -1);
            byte[] text = System.Text.Encoding.UTF8.GetBytes(label);
            client.Writer.PutString(2, text, 0, text.Length);
            client.EndItem();
            client.EndWrite(false);
            client.Send(_commissioner.Session, _commissioner.Now);
            _commissioner.Await(InteractionOpcode.WriteResponse);
            client.Exchange.Close();
        }

        /// <summary>Connects anew if need be, then subscribes: the first of the subscriptions takes the place of all former ones.</summary>
        public void Subscribe()
        {
            IsOn = true;
            if (_commissioner.Session == null || !_commissioner.Session.IsActive)
            {
                _commissioner.HangUp();
                _commissioner.Case(LightId);
                Handshakes++;
            }

            for (int i = 0; i < Subscriptions; i++)
            {
                Look();
                Forget();
                _commissioner.Client.Subscribe(_commissioner.Session, Paths[i], MinIntervals[i], MaxIntervals[i], i > 0, _commissioner.Now);
                _commissioner.Await(InteractionOpcode.SubscribeResponse);
                Look();
                _ids[i] = _commissioner.Client.SubscriptionId;
                Assert.AreEqual(MaxIntervals[i], _commissioner.Client.MaxInterval, "agreed interval");
                _reportedAt[_ids[i]] = _commissioner.Now;
            }
        }

        /// <summary>Is gone without a word.</summary>
        public void SwitchOff()
        {
            IsOn = false;
            Look();
            Forget();
            _commissioner.HangUp();
            _reportedAt.Clear();
        }

        /// <summary>Takes in the reports that have come since the last look.</summary>
        public void Look()
        {
            InteractionClient client = _commissioner.Client;
            if (client.Count <= _read)
            {
                return;
            }

            ReportReader reports = client.Reports();
            while (reports.Next())
            {
                int subscription = reports.Message < _read ? -1 : Array.IndexOf(_ids, (uint)client.GetUnsigned(reports.Message, 0));
                if (reports.Message < _read || reports.Status >= 0)
                {
                    continue;
                }

                if (reports.Cluster == OnOff && reports.Attribute == 0 && reports.Endpoint == 2)
                {
                    _isPlugOn = reports.Value.GetBoolean();
                }
                else if (reports.Cluster == OnOff && reports.Attribute == 0)
                {
                    // What a new subscription begins with comes before its id is known.
                    long value = reports.Value.GetBoolean() ? 1 : 0;
                    for (int i = 0; i < Subscriptions; i++)
                    {
                        if (subscription < 0 || subscription == i)
                            _onOff[i] = value;
                    }
                }
                else if (reports.Cluster == BasicInformation && reports.Attribute == NodeLabel)
                {
                    TlvReader value = reports.Value;
                    int length = value.GetString(0, 32);
                    _label = System.Text.Encoding.UTF8.GetString(value.Buffer, value.ValueOffset, length);
                }
            }

            for (; _read < client.Count; _read++)
            {
                if (client.Opcode(_read) == InteractionOpcode.ReportData)
                    NoteReport((uint)client.GetUnsigned(_read, 0));
            }
        }

        /// <summary>Forgets messages that were looked at, while nothing is asked.</summary>
        public void Tidy()
        {
            Look();
            Forget();
        }

        /// <summary>Whether a subscription has been silent for longer than it may be.</summary>
        public bool IsSilent(long now)
        {
            for (int i = 0; i < Subscriptions; i++)
            {
                if (now - _reportedAt[_ids[i]] > (MaxIntervals[i] * 1000) + DelayMs)
                    return true;
            }

            return false;
        }

        /// <summary>Whether a subscription is one of its own.</summary>
        public bool Has(uint id)
        {
            return Array.IndexOf(_ids, id) >= 0;
        }

        /// <summary>Compares the last state of the plug that it knows.</summary>
        public void AssertKnowsPlug(bool isOn, string run)
        {
            Assert.AreEqual(isOn, _isPlugOn, "state of the plug: " + run);
        }

        /// <summary>Compares the last values that it knows with those of light and node.</summary>
        public void AssertKnows(bool isOn, string label, string run)
        {
            Assert.AreEqual(isOn ? 1L : 0L, _onOff[0], "state: " + run);
            Assert.AreEqual(isOn ? 1L : 0L, _onOff[1], "state among everything: " + run);
            Assert.AreEqual(label, _label, "label: " + run);
        }

        private void NoteReport(uint id)
        {
            Reports++;
            int subscription = Array.IndexOf(_ids, id);
            long now = _commissioner.Now;
            if (subscription >= 0 && _reportedAt.TryGetValue(id, out long last))
                LongestDelayMs = Math.Max(LongestDelayMs, now - last - (MaxIntervals[subscription] * 1000));
            _reportedAt[id] = now;
        }

        private void Forget()
        {
            _commissioner.Client.Clear();
            _read = 0;
        }
    }
}
