using System;
using System.Collections.Generic;
using System.Linq;

namespace Matter.Nano.Tests.Desktop.AppleHome
{
    /// <summary>What the recorded device drew and came to in one handshake or on one fabric.</summary>
    internal sealed class RecordedSecrets
    {
        private readonly Dictionary<string, string> _fields = new Dictionary<string, string>();

        private RecordedSecrets(VectorReader v, string[] fields)
        {
            Name = v.Name;
            foreach (string field in fields.Where(v.Has))
                _fields.Add(field, v.Text(field));
        }

        public string Name { get; }

        public string this[string field] { get { return _fields[field]; } }

        public static List<RecordedSecrets> ReadAll()
        {
            // A reader knows a case only while it stands on it.
            string[] fields = VectorData.AppleHomeSessions.Split('\n').Where(line => line.Contains('='))
                .Select(line => line.Substring(0, line.IndexOf('='))).Distinct().ToArray();
            List<RecordedSecrets> all = new List<RecordedSecrets>();
            VectorReader v = new VectorReader(VectorData.AppleHomeSessions);
            while (v.NextCase())
                all.Add(new RecordedSecrets(v, fields));
            return all;
        }

        public bool Has(string field) { return _fields.ContainsKey(field); }

        public byte[] Bytes(string field) { return Convert.FromHexString(_fields[field]); }

        public int Int(string field) { return int.Parse(_fields[field]); }

        /// <summary>A number of eight bytes in hexadecimal; 0 without the field.</summary>
        public ulong Id(string field) { return Has(field) ? Convert.ToUInt64(_fields[field], 16) : 0; }

        /// <summary>I2R key, R2I key, attestation challenge.</summary>
        public byte[] Keys()
        {
            return Bytes("i2r_key").Concat(Bytes("r2i_key")).Concat(Bytes("attestation_challenge")).ToArray();
        }
    }
}
