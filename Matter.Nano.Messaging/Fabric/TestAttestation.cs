using Matter.Nano.Crypto;

namespace Matter.Nano.Fabrics
{
    /// <summary>
    /// Public test credentials of the Matter SDK for vendor 0xFFF1, product 0x8000: their key is known to everybody and
    /// their root is trusted in tests only. Products bring a <see cref="DeviceAttestation"/> of their own.
    /// </summary>
    /// <remarks>
    /// Text stays in flash, so the documents take no RAM: they are decoded whenever one is asked for, line by line, as finding a
    /// character of a text takes the longer the further back it stands.
    /// </remarks>
    public sealed class TestAttestation : DeviceAttestation
    {
        /// <summary>Vendor id that the credentials are for.</summary>
        public const int VendorId = 0xFFF1;

        /// <summary>Product id that the credentials are for.</summary>
        public const int ProductId = 0x8000;

        // The published key of the DAC
        private const string PrivateKey =
            "cccf9dc7050ef5d90be45707b90e1f875d59be1fa942e8ed2e427203f6c2ee3d";

        private TestAttestation(CryptoSuite crypto, byte[] privateKey)
            : base(crypto, privateKey)
        {
        }

        /// <summary>Makes the credentials ready; at start-up.</summary>
        /// <param name="crypto">Primitives.</param>
        /// <returns>A new object.</returns>
        public static DeviceAttestation Create(CryptoSuite crypto)
        {
            byte[] privateKey = new byte[P256.ScalarLength];
            Decode(PrivateKey, privateKey, 0);
            return new TestAttestation(crypto, privateKey);
        }

        /// <inheritdoc/>
        public override int Copy(int document, byte[] buffer, int offset)
        {
            int length = 0;
            for (int i = 0; true; i++)
            {
                string line = document == Dac ? DacLine(i) : document == Pai ? PaiLine(i) : DeclarationLine(i);
                if (line == null) return length;
                length += Decode(line, buffer, offset + length);
            }
        }

        // Matter Test DAC, from project-chip/connectedhomeip src/credentials/examples/ExampleDACs.cpp
        private static string DacLine(int line)
        {
            switch (line)
            {
                case 0: return "308201e93082018ea0030201020208238a647bbc4c30dd300a06082a8648ce3d040302303d3125302306035504030c1c4d6174746572204465762050";
                case 1: return "414920307846464631206e6f2050494431143012060a2b0601040182a27c02010c04464646313020170d3232303230353030303030305a180f393939";
                case 2: return "39313233313233353935395a30533125302306035504030c1c4d61747465722044657620444143203078464646312f30783830303031143012060a2b";
                case 3: return "0601040182a27c02010c044646463131143012060a2b0601040182a27c02020c04383030303059301306072a8648ce3d020106082a8648ce3d030107";
                case 4: return "0342000462db16badea326a6db84814a063fc6c7e9e2b101b721648eba4e5ac840f5da301ee618124eb4180e2fc3a2047a564ba9bcfa0bf71f60ce89";
                case 5: return "30f1e7f66ec8d728a360305e300c0603551d130101ff04023000300e0603551d0f0101ff040403020780301d0603551d0e04160414bcf7b007497063";
                case 6: return "606a26be4e087c595687745a5a301f0603551d2304183016801463540e47f64b1c38d13884a462d16c195d8ffb3c300a06082a8648ce3d0403020349";
                case 7: return "003046022100979711ec9e7618ce41801132c250db707674630cd58c12c6e2315f08d01ee178022100ecfc1306bd2a133d122a278610ea3dca47f05c";
                case 8: return "7a8b805fa71c6ff41538a864c8";
                default: return null;
            }
        }

        // Matter Dev PAI 0xFFF1, from src/credentials/examples/ExamplePAI.cpp
        private static string PaiLine(int line)
        {
            switch (line)
            {
                case 0: return "308201cb30820171a003020102020856ad8222ad945b64300a06082a8648ce3d04030230303118301606035504030c0f4d6174746572205465737420";
                case 1: return "50414131143012060a2b0601040182a27c02010c04464646313020170d3232303230353030303030305a180f39393939313233313233353935395a30";
                case 2: return "3d3125302306035504030c1c4d6174746572204465762050414920307846464631206e6f2050494431143012060a2b0601040182a27c02010c044646";
                case 3: return "46313059301306072a8648ce3d020106082a8648ce3d03010703420004419a9315c2173e0c8c876d03ccfc944852647f7fec5e5082f4059928eca894";
                case 4: return "c594151309ac631e4cb03392af684b0bafb7e65b3b8162c2f52bf931b8e77aaa82a366306430120603551d130101ff040830060101ff020100300e06";
                case 5: return "03551d0f0101ff040403020106301d0603551d0e0416041463540e47f64b1c38d13884a462d16c195d8ffb3c301f0603551d230418301680146afd22";
                case 6: return "771f511fecbf1641976710dcdc31a1717e300a06082a8648ce3d0403020348003045022100b2ef27f49ae9b50fb91eeac94c4d0bdbb8d7929c6cb88f";
                case 7: return "ace529368d12054c0c0220655dc92b86bd909882a6c62177b825d7d05edbe7c22f9fea71220e7ea703f891";
                default: return null;
            }
        }

        // Valid for 0xFFF1, 0x8000 to 0x8063, from src/credentials/examples/DeviceAttestationCredsExample.cpp
        private static string DeclarationLine(int line)
        {
            switch (line)
            {
                case 0: return "3082021706092a864886f70d010702a082020830820204020103310d300b06096086480165030402013082017006092a864886f70d010701a0820161";
                case 1: return "0482015d152400012501f1ff3602050080050180050280050380050480050580050680050780050880050980050a80050b80050c80050d80050e8005";
                case 2: return "0f80051080051180051280051380051480051580051680051780051880051980051a80051b80051c80051d80051e80051f8005208005218005228005";
                case 3: return "2380052480052580052680052780052880052980052a80052b80052c80052d80052e80052f8005308005318005328005338005348005358005368005";
                case 4: return "3780053880053980053a80053b80053c80053d80053e80053f80054080054180054280054380054480054580054680054780054880054980054a8005";
                case 5: return "4b80054c80054d80054e80054f80055080055180055280055380055480055580055680055780055880055980055a80055b80055c80055d80055e8005";
                case 6: return "5f80056080056180056280056380182403162c0413435341303030303053574330303030302d303024050024060024070124080018317c307a020103";
                case 7: return "8014fe343f959947763b61ee4539131338494fe67d8e300b0609608648016503040201300a06082a8648ce3d0403020446304402204a12f8d42f9023";
                case 8: return "5c05a77121cbebae15d590146558e9c9b47a1a38f7a36a7dc5022020a4742897c30aeda0a56b36e14ebbc85bbdb74493f993581eb0444ed6ca940b";
                default: return null;
            }
        }

        private static int Decode(string digits, byte[] bytes, int offset)
        {
            int length = digits.Length / 2;
            for (int i = 0; i < length; i++) bytes[offset + i] = (byte)(Value(digits[2 * i]) << 4 | Value(digits[2 * i + 1]));
            return length;
        }

        private static int Value(char digit)
        {
            return digit <= '9' ? digit - '0' : digit - 'a' + 10;
        }
    }
}
