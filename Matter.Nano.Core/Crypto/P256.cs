using System;
using Matter.Nano.Platform;

namespace Matter.Nano.Crypto
{
    /// <summary>
    /// NIST P-256: key pairs, ECDH, ECDSA with SHA-256, general point arithmetic. One computation at a time, in bounded
    /// steps: Begin… takes its arguments in, <see cref="Step"/> is called until it no longer answers
    /// <see cref="Running"/>, outputs are written at the end only. Constant time in every secret.
    /// </summary>
    /// <remarks>
    /// A user that spreads a computation over several Polls acquires the engine first and releases it afterwards;
    /// whoever finds it taken waits for a later Poll. Scratch is wiped when a computation ends.
    /// </remarks>
    public sealed partial class P256
    {
        /// <summary>Length of a private key, scalar or shared secret in bytes, big-endian.</summary>
        public const int ScalarLength = 32;

        /// <summary>Length of an uncompressed point (0x04, x, y) in bytes.</summary>
        public const int PointLength = 65;

        /// <summary>Length of a signature r, s in bytes.</summary>
        public const int SignatureLength = 64;

        /// <summary>What <see cref="Step"/> answers while there is more to do.</summary>
        public const int Running = 1;

        private const int Idle = 0;
        private const int PublicKey = 1;
        private const int Ecdh = 2;
        private const int MultiplyAdd = 3;
        private const int SignNonce = 4;
        private const int SignFinish = 5;
        private const int VerifyPrepare = 6;
        private const int VerifyFinish = 7;

        private const int Order = P256Registers.Order;
        private const int X = P256Multiplier.ResultX;
        private const int Y = P256Multiplier.ResultY;

        // Kept while the multiplier works. A verification has s in the nonce's place.
        private const int R = P256Registers.Kept;
        private const int Hash = R + 9;
        private const int Secret = Hash + 9;
        private const int Nonce = Secret + 9;
        private const int Ratio = P256Registers.C;

        private readonly IRandom _random;
        private readonly byte[] _bytes = new byte[ScalarLength];
        private P256Multiplier _multiplier;
        private long[] _file;

        private object _owner;
        private bool _isBackground;
        private int _state;
        private int _result = MatterError.InvalidState;
        private byte[] _output;
        private int _outputOffset;
        private byte[] _keyOutput;
        private int _keyOutputOffset;

        /// <summary>Creates an engine with scratch of its own: about 4 kB.</summary>
        /// <param name="random">
        /// Source of private keys, nonces and blinds. A computation first draws its scalar, as <see cref="P256Order.Draw"/>
        /// tells, then 31 bytes for each blind.
        /// </param>
        public P256(IRandom random)
        {
            _random = random;
            Reserve(0, 0, 0);
        }

        /// <summary>Steps taken so far: what a step costs is bounded, so they measure how long a caller took.</summary>
        public int StepCount { get; private set; }

        /// <summary>Takes the engine for <paramref name="owner"/> if it is free or already the owner's.</summary>
        /// <param name="owner">Whoever computes next.</param>
        /// <returns>True if the engine is now the owner's.</returns>
        public bool TryAcquire(object owner)
        {
            if (_owner != null && _owner != owner)
            {
                if (!_isBackground) return false;
                Release(_owner);
            }

            _owner = owner;
            _isBackground = false;
            return true;
        }

        /// <summary>
        /// Takes the engine if it is free, for work that is nobody's hurry: the next <see cref="TryAcquire"/> takes it away
        /// and abandons the computation.
        /// </summary>
        /// <param name="owner">Whoever computes in the background; <see cref="IsOwner"/> tells it whether it still may.</param>
        /// <returns>True if the engine is now the owner's.</returns>
        public bool TryAcquireInBackground(object owner)
        {
            if (_owner != null) return false;
            _owner = owner;
            _isBackground = true;
            return true;
        }

        /// <summary>Tells whether the engine is the owner's.</summary>
        /// <param name="owner">Whoever acquired it.</param>
        public bool IsOwner(object owner)
        {
            return _owner == owner;
        }

        /// <summary>Gives the engine back, abandoning and wiping a running computation; nothing happens if it is not the owner's.</summary>
        /// <param name="owner">Whoever acquired it.</param>
        public void Release(object owner)
        {
            if (_owner == null || _owner != owner) return;
            _owner = null;
            End(MatterError.InvalidState);
        }

        /// <summary>Draws a private key and computes its public key.</summary>
        /// <param name="privateKey">Receives 32 bytes.</param>
        /// <param name="privateKeyOffset">Where they go.</param>
        /// <param name="publicKey">Receives 65 bytes.</param>
        /// <param name="publicKeyOffset">Where they go.</param>
        public void BeginKeyPair(byte[] privateKey, int privateKeyOffset, byte[] publicKey, int publicKeyOffset)
        {
            Begin(publicKey, publicKeyOffset);
            if (_library != null && EndByLibrary(_library.KeyPair(privateKey, privateKeyOffset, publicKey, publicKeyOffset))) return;
            if (TakeKeyPair(privateKey, privateKeyOffset, publicKey, publicKeyOffset)) return;
            _keyOutput = privateKey;
            _keyOutputOffset = privateKeyOffset;
            StartKeyPair();
        }

        /// <summary>Computes the public key of a private key.</summary>
        /// <param name="publicKey">Receives 65 bytes.</param>
        /// <param name="publicKeyOffset">Where they go.</param>
        /// <param name="privateKey">Holds 32 bytes, 1 to n - 1, else <see cref="MatterError.OutOfRange"/>.</param>
        /// <param name="privateKeyOffset">First byte.</param>
        public void BeginPublicKey(byte[] publicKey, int publicKeyOffset, byte[] privateKey, int privateKeyOffset)
        {
            Begin(publicKey, publicKeyOffset);
            if (P256Limbs.LoadScalar(_file, Secret, privateKey, privateKeyOffset, Order)) StartGenerator(Secret, PublicKey);
            else End(MatterError.OutOfRange);
        }

        /// <summary>ECDH: the x coordinate of private key times peer's public key.</summary>
        /// <param name="secret">Receives 32 bytes.</param>
        /// <param name="secretOffset">Where they go.</param>
        /// <param name="publicKey">Peer's 65 bytes; <see cref="MatterError.InvalidPoint"/> if not on the curve.</param>
        /// <param name="publicKeyOffset">First byte.</param>
        /// <param name="privateKey">Holds 32 bytes, 1 to n - 1, else <see cref="MatterError.OutOfRange"/>.</param>
        /// <param name="privateKeyOffset">First byte.</param>
        public void BeginEcdh(byte[] secret, int secretOffset, byte[] publicKey, int publicKeyOffset, byte[] privateKey, int privateKeyOffset)
        {
            Begin(secret, secretOffset);
            int result = AddTerm(0, privateKey, privateKeyOffset, publicKey, publicKeyOffset, false);
            if (result < 0) End(result);
            else if (_library != null && EndByLibrary(_library.Ecdh(secret, secretOffset, publicKey, publicKeyOffset, privateKey, privateKeyOffset))) return;
            else Start(Ecdh, true);
        }

        /// <summary>ECDSA signature of a SHA-256 hash with a random nonce.</summary>
        /// <param name="signature">Receives r, s: 64 bytes.</param>
        /// <param name="signatureOffset">Where they go.</param>
        /// <param name="hash">Holds 32 bytes.</param>
        /// <param name="hashOffset">First byte.</param>
        /// <param name="privateKey">Holds 32 bytes, 1 to n - 1, else <see cref="MatterError.OutOfRange"/>.</param>
        /// <param name="privateKeyOffset">First byte.</param>
        public void BeginSign(byte[] signature, int signatureOffset, byte[] hash, int hashOffset, byte[] privateKey, int privateKeyOffset)
        {
            Begin(signature, signatureOffset);
            P256Limbs.Load(_file, Hash, hash, hashOffset);
            if (!P256Limbs.LoadScalar(_file, Secret, privateKey, privateKeyOffset, Order)) End(MatterError.OutOfRange);
            else if (_library != null && EndByLibrary(_library.Sign(signature, signatureOffset, hash, hashOffset, privateKey, privateKeyOffset))) return;
            else if (TakeNonce()) FinishSign();
            else StartNonce();
        }

        /// <summary>ECDSA verification; public inputs only. Ends with 0 or <see cref="MatterError.AuthenticationFailed"/> or <see cref="MatterError.InvalidPoint"/>.</summary>
        /// <param name="signature">Holds r, s: 64 bytes.</param>
        /// <param name="signatureOffset">First byte.</param>
        /// <param name="hash">Holds 32 bytes.</param>
        /// <param name="hashOffset">First byte.</param>
        /// <param name="publicKey">Holds 65 bytes.</param>
        /// <param name="publicKeyOffset">First byte.</param>
        public void BeginVerify(byte[] signature, int signatureOffset, byte[] hash, int hashOffset, byte[] publicKey, int publicKeyOffset)
        {
            Begin(null, 0);
            P256Limbs.Load(_file, Hash, hash, hashOffset);
            _comb = _combs.Find(publicKey, publicKeyOffset);
            if (_comb < 0 && _multiplier.SetPoint(1, publicKey, publicKeyOffset) < 0)
            {
                End(MatterError.InvalidPoint);
            }
            else if (P256Limbs.LoadScalar(_file, R, signature, signatureOffset, Order)
                & P256Limbs.LoadScalar(_file, Nonce, signature, signatureOffset + ScalarLength, Order))
            {
                if (_library != null && EndByLibrary(_library.Verify(signature, signatureOffset, hash, hashOffset, publicKey, publicKeyOffset))) return;
                _state = VerifyPrepare;
            }
            else
            {
                End(MatterError.AuthenticationFailed);
            }
        }

        /// <summary>
        /// k1·P1 + k2·P2 as an uncompressed point; <see cref="MatterError.InvalidPoint"/> if a point is off the curve or the
        /// sum is infinity, <see cref="MatterError.OutOfRange"/> if a scalar is not below n.
        /// </summary>
        /// <param name="result">Receives 65 bytes.</param>
        /// <param name="resultOffset">Where they go.</param>
        /// <param name="scalar1">Holds 32 bytes, below n; 0 leaves this term out. Null for 1, with a point.</param>
        /// <param name="scalar1Offset">First byte.</param>
        /// <param name="point1">Holds 65 bytes, or null for the generator.</param>
        /// <param name="point1Offset">First byte.</param>
        /// <param name="scalar2">Holds 32 bytes, below n; 0 leaves this term out. Null for 1, with a point.</param>
        /// <param name="scalar2Offset">First byte.</param>
        /// <param name="point2">Holds 65 bytes, or null for the generator; without scalar and point there is no second term.</param>
        /// <param name="point2Offset">First byte.</param>
        public void BeginMultiplyAdd(
            byte[] result, int resultOffset,
            byte[] scalar1, int scalar1Offset, byte[] point1, int point1Offset,
            byte[] scalar2, int scalar2Offset, byte[] point2, int point2Offset)
        {
            Begin(result, resultOffset);
            int error = AddTerm(0, scalar1, scalar1Offset, point1, point1Offset, true);
            if (error == 0 && (scalar2 != null || point2 != null)) error = AddTerm(1, scalar2, scalar2Offset, point2, point2Offset, true);
            if (error < 0) End(error);
            else Start(MultiplyAdd, true);
        }

        /// <summary>Does a bounded part of the computation begun last.</summary>
        /// <returns>
        /// <see cref="Running"/>, 0 when done, or the computation's negative <see cref="MatterError"/>;
        /// <see cref="MatterError.InvalidState"/> if nothing was begun.
        /// </returns>
        public int Step()
        {
            if (_state == Idle) return _result;
            StepCount++;
            if (_state == VerifyPrepare)
            {
                PrepareVerify();
                return Running;
            }

            if (_state == SignFinish) return InvertNonce();
            int result = _state == KeyComb ? _combs.Step() : _multiplier.Step();
            if (result == Running) return Running;
            if (result < 0) return End(result);
            switch (_state)
            {
                case SignNonce:
                    P256Limbs.Canonicalize(_file, X, Order, 1);
                    Array.Copy(_file, X, _file, R, P256Limbs.Length);
                    _state = SignFinish;
                    return Running;
                case VerifyFinish:
                    if (!IsSignatureRight()) return End(MatterError.AuthenticationFailed);
                    _combs.Count(_comb);
                    return End(0);
                case KeyComb:
                    return End(0);
                case Ecdh:
                    P256Limbs.Store(_output, _outputOffset, _file, X);
                    return End(0);
                default:
                    _output[_outputOffset] = 4;
                    P256Limbs.Store(_output, _outputOffset + 1, _file, X);
                    P256Limbs.Store(_output, _outputOffset + 33, _file, Y);
                    if (_keyOutput != null) P256Limbs.Store(_keyOutput, _keyOutputOffset, _file, Secret);
                    if (_isPreparing) _keyPairCount++;
                    return End(0);
            }
        }

        /// <summary>Steps to the end: for tests, tools and start-up.</summary>
        /// <returns>0 or the computation's negative <see cref="MatterError"/>.</returns>
        public int Run()
        {
            int result;
            do result = Step();
            while (result == Running);
            return result;
        }

        private void Begin(byte[] output, int outputOffset)
        {
            if (_state != Idle) End(MatterError.InvalidState);
            _result = MatterError.InvalidState;
            _output = output;
            _outputOffset = outputOffset;
        }

        private int End(int result)
        {
            _multiplier.Wipe();
            Array.Clear(_bytes, 0, ScalarLength);
            _output = null;
            _keyOutput = null;
            _isPreparing = false;
            _state = Idle;
            _result = result;
            return result;
        }

        private void Start(int state, bool affine)
        {
            _state = state;
            _multiplier.Start(affine);
        }

        private void StartGenerator(int scalar, int state)
        {
            Array.Copy(_file, scalar, _file, P256Multiplier.Scalar, P256Limbs.Length);
            _multiplier.SetGenerator(0, true);
            Start(state, true);
        }

        private int AddTerm(int term, byte[] scalar, int scalarOffset, byte[] point, int pointOffset, bool canBeZero)
        {
            if (point != null && _multiplier.SetPoint(term, point, pointOffset) < 0) return MatterError.InvalidPoint;
            if (scalar == null)
            {
                _multiplier.SetOne(term);
                return 0;
            }

            bool inRange = P256Limbs.LoadScalar(_file, P256Multiplier.Scalar, scalar, scalarOffset, Order);
            if (!inRange && !(canBeZero && P256Limbs.IsZero(_file, P256Multiplier.Scalar))) return MatterError.OutOfRange;
            if (point != null) _multiplier.SetScalar(term, true);
            else _multiplier.SetGenerator(term, true);
            return 0;
        }

        private void StartNonce()
        {
            if (P256Limbs.Draw(_file, Nonce, _random, _bytes, 0, Order)) StartGenerator(Nonce, SignNonce);
            else End(MatterError.OutOfRange);
        }

        private void StartKeyPair()
        {
            if (P256Limbs.Draw(_file, Secret, _random, _bytes, 0, Order)) StartGenerator(Secret, PublicKey);
            else End(MatterError.OutOfRange);
        }

        // Leaves 1/k in the nonce's place and r / k, all that a signature takes of the nonce.
        private int InvertNonce()
        {
            if (P256Limbs.IsZero(_file, R)) return RestartNonce();
            InvertScalar(Nonce, Nonce);
            P256Limbs.OrderMultiply(_file, Ratio, R, P256Registers.OrderRSquared, Order);
            P256Limbs.OrderMultiply(_file, Ratio, Ratio, Nonce, Order);
            if (!_isPreparing) return FinishSign();
            KeepNonce();
            return End(0);
        }

        // s = hash / k + d r / k
        private int FinishSign()
        {
            long[] file = _file;
            const int Sum = P256Arithmetic.F;
            P256Limbs.OrderMultiplyAdd(file, Sum, Hash, Nonce, Secret, Ratio, Order);
            if (P256Limbs.IsZero(file, Sum)) return RestartNonce();
            P256Limbs.Store(_output, _outputOffset, file, R);
            P256Limbs.Store(_output, _outputOffset + ScalarLength, file, Sum);
            return End(0);
        }

        // In the hopeless case that r or s is 0.
        private int RestartNonce()
        {
            StartNonce();
            return _state == Idle ? _result : Running;
        }

        // hash / s · G + r / s · Q
        private void PrepareVerify()
        {
            const int Inverse = P256Arithmetic.E;
            P256Arithmetic.InvertVarTime(_file, Inverse, Nonce, Order, P256Limbs.OrderInverse);
            P256Limbs.Canonicalize(_file, Inverse, Order, 3);
            P256Limbs.OrderMultiply(_file, Inverse, Inverse, P256Registers.OrderRSquared, Order);
            P256Limbs.OrderMultiply(_file, P256Multiplier.Scalar, Hash, Inverse, Order);
            if (_comb < 0) _multiplier.SetGeneratorWindow(0);
            else _multiplier.SetGenerator(0, false);
            P256Limbs.OrderMultiply(_file, P256Multiplier.Scalar, R, Inverse, Order);
            if (_comb < 0) _multiplier.SetScalar(1, false);
            else _multiplier.SetComb(1, _combs.Table(_comb));
            Start(VerifyFinish, false);
        }

        // The sum's x is r or, as x is below p and r below n, r + n: no inversion, X = x Z^2.
        private bool IsSignatureRight()
        {
            long[] file = _file;
            const int ZSquared = P256Arithmetic.E;
            const int Difference = P256Arithmetic.F;
            P256Arithmetic.Multiply(file, ZSquared, P256Arithmetic.Z, P256Arithmetic.Z);
            if (_multiplier.Registers.IsZero(P256Arithmetic.Z)) return false;
            for (int attempt = 0; attempt < 2; attempt++)
            {
                P256Arithmetic.Multiply(file, Difference, R, P256Arithmetic.RSquared);
                P256Arithmetic.Multiply(file, Difference, Difference, ZSquared);
                for (int i = 0; i < P256Limbs.Length; i++) file[Difference + i] -= file[P256Arithmetic.X + i];
                if (_multiplier.Registers.IsZero(Difference)) return true;
                for (int i = 0; i < P256Limbs.Length; i++) file[R + i] += file[Order + i];
                if (!P256Limbs.IsBelow(file, R, P256Arithmetic.P)) return false;
            }

            return false;
        }

        // 1/k in Montgomery's form, blinded: what the variable-time inversion sees is random.
        private void InvertScalar(int inverse, int scalar)
        {
            long[] file = _file;
            const int Blind = P256Arithmetic.X;
            const int Blinded = P256Arithmetic.W;
            P256Limbs.DrawBlind(file, Blind, _random, _bytes);
            P256Limbs.OrderMultiply(file, Blinded, scalar, Blind, Order);
            P256Arithmetic.InvertVarTime(file, inverse, Blinded, Order, P256Limbs.OrderInverse);
            P256Limbs.Canonicalize(file, inverse, Order, 3);
            P256Limbs.OrderMultiply(file, inverse, inverse, Blind, Order);
            P256Limbs.OrderMultiply(file, inverse, inverse, P256Registers.OrderRSquared, Order);
        }
    }
}
