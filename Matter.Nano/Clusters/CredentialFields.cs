using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>
    /// The fields of the Operational Credentials commands (Matter Core 11.18.6), as numbers or as places in the reader's
    /// buffer: valid as long as that is.
    /// </summary>
    internal sealed class CredentialFields
    {
        private const int MaxCertificateLength = 0xFFFF;

        // Those above are reserved (Matter Core 2.5.2), 0 means none.
        private const int MaxVendorId = 0xFFF4;

        public int NonceOffset { get; private set; }

        public int CertificateType { get; private set; }

        public bool IsForUpdate { get; private set; }

        public int NocOffset { get; private set; }

        public int NocLength { get; private set; }

        public int IcacOffset { get; private set; }

        public int IcacLength { get; private set; }

        public int IpkOffset { get; private set; }

        public int IpkLength { get; private set; }

        public ulong AdminSubject { get; private set; }

        public int VendorId { get; private set; }

        public int LabelOffset { get; private set; }

        public int LabelLength { get; private set; }

        public int FabricIndex { get; private set; }

        public int RootOffset { get; private set; }

        public int RootLength { get; private set; }

        public bool HasStatement { get; private set; }

        public int StatementOffset { get; private set; }

        public int StatementLength { get; private set; }

        public bool HasVvsc { get; private set; }

        public int VvscOffset { get; private set; }

        public int VvscLength { get; private set; }

        /// <summary>Reads a command's fields and checks that the mandatory ones are there.</summary>
        public int Read(uint commandId, TlvReader fields)
        {
            int present = 0;
            IsForUpdate = false;
            IcacLength = 0;
            VendorId = 0;
            HasStatement = false;
            HasVvsc = false;
            fields.Enter();
            while (fields.Next())
            {
                int tag = fields.Tag;
                if (tag >= 0 && tag <= 4)
                {
                    ReadField(commandId, tag, fields);
                    present |= 1 << tag;
                }
            }

            fields.Exit();
            if (fields.Error != 0)
            {
                return ImStatus.OfFields(fields.Error);
            }

            int mandatory = Mandatory(commandId);
            bool isComplete = commandId == CredentialCommand.SetVidVerificationStatement ? (present & 0x07) != 0 : (present & mandatory) == mandatory;
            return isComplete ? ImStatus.Success : ImStatus.InvalidCommand;
        }

        private static int Mandatory(uint commandId)
        {
            switch (commandId)
            {
                case CredentialCommand.AddNoc:
                    return 0x1D;
                case CredentialCommand.SignVidVerificationRequest:
                    return 0x03;
                default:
                    return 0x01;
            }
        }

        private void ReadField(uint commandId, int tag, TlvReader fields)
        {
            switch (commandId)
            {
                case CredentialCommand.AttestationRequest:
                    ReadNonce(tag, fields);
                    break;
                case CredentialCommand.CertificateChainRequest:
                    if (tag == 0)
                    {
                        CertificateType = (int)fields.GetUnsigned(0xFF);
                    }

                    break;
                case CredentialCommand.CsrRequest:
                    ReadNonce(tag, fields);
                    if (tag == 1)
                    {
                        IsForUpdate = fields.GetBoolean();
                    }

                    break;
                case CredentialCommand.AddNoc:
                case CredentialCommand.UpdateNoc:
                    ReadNoc(tag, commandId == CredentialCommand.AddNoc, fields);
                    break;
                case CredentialCommand.UpdateFabricLabel:
                    if (tag == 0)
                    {
                        LabelLength = fields.GetString(0, Fabric.MaxLabelLength);
                        LabelOffset = fields.ValueOffset;
                    }

                    break;
                case CredentialCommand.RemoveFabric:
                    ReadFabricIndex(tag, fields);
                    break;
                case CredentialCommand.AddTrustedRootCertificate:
                    if (tag == 0)
                    {
                        RootLength = fields.GetBytes(0, MaxCertificateLength);
                        RootOffset = fields.ValueOffset;
                    }

                    break;
                case CredentialCommand.SetVidVerificationStatement:
                    ReadVerification(tag, fields);
                    break;
                case CredentialCommand.SignVidVerificationRequest:
                    ReadFabricIndex(tag, fields);
                    if (tag == 1)
                    {
                        fields.GetBytes(CredentialSigner.NonceLength, CredentialSigner.NonceLength);
                        NonceOffset = fields.ValueOffset;
                    }

                    break;
            }
        }

        private void ReadNonce(int tag, TlvReader fields)
        {
            if (tag != 0)
            {
                return;
            }

            // A nonce of another length makes the command itself invalid.
            if (fields.GetBytes(0, int.MaxValue) != CredentialSigner.NonceLength)
            {
                fields.Fail(MatterError.InvalidTlv);
            }

            NonceOffset = fields.ValueOffset;
        }

        private void ReadFabricIndex(int tag, TlvReader fields)
        {
            if (tag == 0)
            {
                FabricIndex = (int)fields.GetUnsigned(0xFF);
                if (FabricIndex == 0 || FabricIndex > FabricTable.MaxIndex)
                {
                    fields.Fail(MatterError.OutOfRange);
                }
            }
        }

        private void ReadNoc(int tag, bool isNew, TlvReader fields)
        {
            if (tag == 0)
            {
                NocLength = fields.GetBytes(0, MaxCertificateLength);
                NocOffset = fields.ValueOffset;
            }
            else if (tag == 1)
            {
                // Some administrators send an empty ICAC for none.
                IcacLength = fields.GetBytes(0, MaxCertificateLength);
                IcacOffset = fields.ValueOffset;
            }
            else if (!isNew)
            {
                return;
            }
            else if (tag == 2)
            {
                IpkLength = fields.GetBytes(0, MaxCertificateLength);
                IpkOffset = fields.ValueOffset;
            }
            else if (tag == 3)
            {
                AdminSubject = fields.GetUnsigned(ulong.MaxValue);
            }
            else
            {
                VendorId = (int)fields.GetUnsigned(0xFFFF);
            }
        }

        private void ReadVerification(int tag, TlvReader fields)
        {
            switch (tag)
            {
                case 0:
                    VendorId = (int)fields.GetUnsigned(MaxVendorId);
                    if (VendorId == 0)
                    {
                        fields.Fail(MatterError.OutOfRange);
                    }

                    break;
                case 1:
                    StatementLength = fields.GetBytes(0, Fabric.VerificationStatementLength);
                    StatementOffset = fields.ValueOffset;
                    HasStatement = true;
                    break;
                case 2:
                    VvscLength = fields.GetBytes(0, Fabric.MaxCertificateLength);
                    VvscOffset = fields.ValueOffset;
                    HasVvsc = true;
                    break;
            }
        }
    }
}
