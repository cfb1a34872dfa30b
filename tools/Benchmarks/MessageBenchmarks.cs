using System;
using BenchmarkDotNet.Attributes;
using Matter.Nano.Crypto;
using Matter.Nano.Device.Desktop;
using Matter.Nano.Messages;
using Matter.Nano.Sessions;
using Matter.Nano.Tests;
using Matter.Nano.Tests.Scenario;

namespace Matter.Nano.Tools.Benchmarks
{
    /// <summary>One message sealed or opened; a toggle through two whole nodes, the controller's part in it.</summary>
    [MemoryDiagnoser]
    public class MessageBenchmarks
    {
        private const int HeaderLength = 8;
        private const int Length = 60;
        private const int Room = 128;

        private readonly byte[] _keys = new byte[Session.KeysLength];
        private readonly byte[] _plain = new byte[Room];
        private readonly byte[] _sealed = new byte[Room];
        private readonly byte[] _buffer = new byte[Room];
        private MessageSecurity _security;
        private int _sealedLength;
        private MemoryLink _link;
        private Commissioner _controller;

        [GlobalSetup]
        public void SetUp()
        {
            PlatformCrypto platform = PlatformCrypto.Create();
            _security = new MessageSecurity(new CryptoSuite(new SystemRandom(), platform, platform).AesCcm);
            _sealedLength = _security.Seal(_sealed, 0, HeaderLength, Length, _keys, 0, 1);

            _link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new Tests.Scenario.MemoryStore(), _link.Now);
            _link.Join(light);
            _controller = new Commissioner(3, 1, _link.Address(1), new WaitHandler(new LinkTime(_link).Wait));
            _link.Join(_controller);
            _link.Run(1);
            _controller.Commission(VirtualLight.Passcode, 1);
            _link.Run(5000);
        }

        [Benchmark]
        public void Seal()
        {
            Array.Copy(_plain, _buffer, Room);
            _security.Seal(_buffer, 0, HeaderLength, Length, _keys, 0, 1);
        }

        [Benchmark]
        public int Open()
        {
            Array.Copy(_sealed, _buffer, Room);
            return _security.Open(_buffer, 0, HeaderLength, _sealedLength, _keys, 0, 1);
        }

        [Benchmark]
        public void ToggleBothEnds()
        {
            _controller.Invoke(1, 6, 2);
            _link.ClearLog();
        }
    }
}
