using System;

namespace Matter.Nano.Crypto
{
    // What is computed ahead of need for one verifier: w0 N and -w0 M for all attempts, then y with pB and V for the next
    // one only. An attempt takes those out and wipes them here before it uses them, whatever becomes of it.
    public sealed partial class Spake2Plus
    {
        // Bits of _prepared, in the order of preparation.
        private const int HasW0N = 1;
        private const int HasPB = 2;        // and y
        private const int HasV = 4;
        private const int HasMinusW0M = 8;
        private const int HasAll = 15;

        private readonly byte[] _preparedFor = new byte[VerifierLength];
        private readonly byte[] _w0N = new byte[PointLength];
        private readonly byte[] _minusW0M = new byte[PointLength];
        private readonly byte[] _nextScalar = new byte[ScalarLength];
        private readonly byte[] _nextPB = new byte[PointLength];
        private readonly byte[] _nextV = new byte[PointLength];
        private int _prepared;
        private int _preparing;
        private int _taken;
        private bool _hasGivenUp;

        /// <summary>Whether all that can be prepared for the next attempt is.</summary>
        public bool IsPrepared { get { return _prepared == HasAll; } }

        /// <summary>
        /// Begins to compute something of the next answer ahead of need. The caller has acquired the engine; if it loses
        /// it, what was begun is to be begun again.
        /// </summary>
        /// <param name="verifier">Holds w0 ‖ L, 97 bytes; copied.</param>
        /// <param name="verifierOffset">First byte.</param>
        /// <returns>False if nothing is missing, or if what is missing cannot be computed for this verifier.</returns>
        public bool BeginPreparation(byte[] verifier, int verifierOffset)
        {
            if (!IsFor(verifier, verifierOffset))
            {
                ForgetPreparation();
                Array.Copy(verifier, verifierOffset, _preparedFor, 0, VerifierLength);
            }

            if (_prepared == HasAll || _hasGivenUp) return false;
            _preparing = HasW0N;
            while ((_prepared & _preparing) != 0) _preparing <<= 1;
            P256 engine = _crypto.P256;
            switch (_preparing)
            {
                case HasW0N:
                    engine.BeginMultiplyAdd(_w0N, 0, _preparedFor, 0, N, 0, null, 0, null, 0);
                    break;
                case HasPB:
                    _hasGivenUp = _crypto.Order.Draw(_nextScalar, 0, _crypto.Random) < 0;
                    BeginPublic(_nextPB, _nextScalar, _preparedFor, 0);
                    break;
                case HasV:
                    engine.BeginMultiplyAdd(_nextV, 0, _nextScalar, 0, _preparedFor, ScalarLength, null, 0, null, 0);
                    break;
                default:
                    _crypto.Order.Negate(_minusW0M, 0, _preparedFor, 0);
                    engine.BeginMultiplyAdd(_minusW0M, 0, _minusW0M, 0, M, 0, null, 0, null, 0);
                    break;
            }

            return !_hasGivenUp;
        }

        /// <summary>Does a bounded part of the preparation begun last.</summary>
        /// <returns><see cref="P256.Running"/>, 0 when done, or a negative <see cref="MatterError"/>: then there is no more preparation for this verifier.</returns>
        public int StepPreparation()
        {
            int result = _crypto.P256.Step();
            if (result == P256.Running) return result;
            if (result < 0) _hasGivenUp = true;
            else _prepared |= _preparing;
            return result;
        }

        /// <summary>Wipes all that was prepared: when the verifier goes out of use.</summary>
        public void ForgetPreparation()
        {
            ForgetNext();
            Array.Clear(_preparedFor, 0, VerifierLength);
            Array.Clear(_w0N, 0, PointLength);
            Array.Clear(_minusW0M, 0, PointLength);
            _prepared = 0;
            _hasGivenUp = false;
        }

        // An attempt's y, and what is prepared for it.
        private int TakePrepared()
        {
            if (!IsFor(_verifier, _verifierOffset)) ForgetPreparation();
            _taken = _prepared;
            if ((_taken & HasPB) != 0)
            {
                Array.Copy(_nextScalar, 0, _scalar, 0, ScalarLength);
                Array.Copy(_nextPB, 0, _pB, 0, PointLength);
                Array.Copy(_nextV, 0, _v, 0, PointLength);
            }

            ForgetNext();
            return (_taken & HasPB) != 0 ? 0 : _crypto.Order.Draw(_scalar, 0, _crypto.Random);
        }

        private void ForgetNext()
        {
            Array.Clear(_nextScalar, 0, ScalarLength);
            Array.Clear(_nextPB, 0, PointLength);
            Array.Clear(_nextV, 0, PointLength);
            _prepared &= ~(HasPB | HasV);
        }

        private bool IsFor(byte[] verifier, int verifierOffset)
        {
            return ConstantTime.Equals(_preparedFor, 0, verifier, verifierOffset, VerifierLength);
        }
    }
}
