using System;
using Matter.Nano.Tlv;

namespace Matter.Nano.Device.Provisioning
{
    /// <summary>Networks to choose from: one row for each name, the strongest first. Only names that are text and not hidden.</summary>
    public sealed class NetworkList
    {
        /// <summary>Rows; weaker networks are left out.</summary>
        public const int Capacity = 16;

        private readonly WiFiScanResult[] _rows = new WiFiScanResult[Capacity];

        /// <summary>Creates an empty list.</summary>
        public NetworkList()
        {
            for (int i = 0; i < Capacity; i++)
            {
                _rows[i] = new WiFiScanResult();
            }
        }

        /// <summary>Rows in use.</summary>
        public int Count { get; private set; }

        /// <summary>Empties the list.</summary>
        public void Clear()
        {
            Count = 0;
        }

        /// <summary>Tells of a network.</summary>
        /// <param name="index">0 to <see cref="Count"/> - 1.</param>
        /// <returns>Its row, to be read.</returns>
        public WiFiScanResult Get(int index)
        {
            return _rows[index];
        }

        /// <summary>Takes in a network that a scan found.</summary>
        /// <param name="found">Not kept.</param>
        public void Add(WiFiScanResult found)
        {
            if (found.SsidLength == 0 || !Utf8.IsText(found.Ssid, 0, found.SsidLength))
            {
                return;
            }

            // Its place by strength, and the row that it replaces: of the same name, else a free one, else the weakest.
            int place = 0;
            while (place < Count && _rows[place].Rssi >= found.Rssi)
            {
                place++;
            }

            int old = 0;
            while (old < Count && !WiFiNetwork.AreEqual(_rows[old].Ssid, _rows[old].SsidLength, found.Ssid, 0, found.SsidLength))
            {
                old++;
            }

            if (old < place || place == Capacity)
            {
                return;
            }

            if (old == Count)
            {
                if (Count < Capacity)
                {
                    Count++;
                }
                else
                {
                    old--;
                }
            }

            WiFiScanResult row = _rows[old];
            for (int i = old; i > place; i--)
            {
                _rows[i] = _rows[i - 1];
            }

            _rows[place] = row;
            Array.Copy(found.Ssid, 0, row.Ssid, 0, found.SsidLength);
            row.SsidLength = found.SsidLength;
            row.Rssi = found.Rssi;
            row.Security = found.Security;
        }
    }
}
