namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Keeps one kind of message to itself.</summary>
    internal sealed class SilentTamper : MessageTamper
    {
        private readonly int _opcode;

        public SilentTamper(int opcode)
        {
            _opcode = opcode;
        }

        public override int Change(int opcode, byte[] buffer, int offset, int length)
        {
            return opcode == _opcode ? NotSent : length;
        }
    }
}
