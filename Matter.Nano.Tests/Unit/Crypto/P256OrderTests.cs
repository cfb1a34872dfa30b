using System;
using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class P256OrderTests
    {
        [TestMethod]
        public void ReduceVectors()
        {
            VectorReader v = new VectorReader(VectorData.P256OrderReduce);
            P256Order order = new P256Order();
            byte[] result = new byte[32];
            while (v.NextCase())
            {
                byte[] value = v.Bytes("value");
                order.Reduce(result, 0, value, 0, value.Length);
                CollectionAssert.AreEqual(v.Bytes("result"), result, v.Name);
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void MultiplyVectors()
        {
            VectorReader v = new VectorReader(VectorData.P256OrderMultiply);
            P256Order order = new P256Order();
            byte[] result = new byte[32];
            while (v.NextCase())
            {
                order.Multiply(result, 0, v.Bytes("left"), 0, v.Bytes("right"), 0);
                CollectionAssert.AreEqual(v.Bytes("result"), result, v.Name);
                order.Multiply(result, 0, v.Bytes("right"), 0, v.Bytes("left"), 0);
                CollectionAssert.AreEqual(v.Bytes("result"), result, v.Name);
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void Reduce_TakesEveryLength()
        {
            // Of 2^(8 length) - 1, one byte more is 256 times as much plus 255.
            P256Order order = new P256Order();
            byte[] most = new byte[64];
            for (int i = 0; i < 64; i++) most[i] = 0xff;
            byte[] expected = new byte[33];
            byte[] result = new byte[32];
            for (int length = 0; length <= 64; length++)
            {
                order.Reduce(result, 0, most, 0, length);
                order.Reduce(expected, 0, expected, 0, length == 0 ? 0 : 33);
                for (int i = 0; i < 32; i++) Assert.AreEqual(expected[i], result[i], length.ToString());
                expected[32] = 0xff;
            }
        }

        [TestMethod]
        public void Outputs_MayAliasInputs()
        {
            P256Order order = new P256Order();
            byte[] left = P256Tests.OrderMinus(5);
            byte[] right = P256Tests.Scalar(7);
            order.Multiply(left, 0, left, 0, right, 0);
            CollectionAssert.AreEqual(P256Tests.OrderMinus(35), left);
            order.Multiply(left, 0, right, 0, left, 0);
            CollectionAssert.AreEqual(P256Tests.OrderMinus(245), left);
            order.Multiply(left, 0, left, 0, left, 0);
            CollectionAssert.AreEqual(P256Tests.Scalar(60025), left);
            order.Negate(left, 0, left, 0);
            CollectionAssert.AreEqual(P256Tests.OrderMinus(60025), left);
            order.Reduce(left, 0, left, 0, 32);
            CollectionAssert.AreEqual(P256Tests.OrderMinus(60025), left);
        }

        [TestMethod]
        public void Negate_IsModuloN()
        {
            P256Order order = new P256Order();
            byte[] result = new byte[32];
            order.Negate(result, 0, new byte[32], 0);
            CollectionAssert.AreEqual(new byte[32], result);
            order.Negate(result, 0, P256Tests.OrderMinus(0), 0);
            CollectionAssert.AreEqual(new byte[32], result);
            order.Negate(result, 0, P256Tests.OrderMinus(-3), 0);
            CollectionAssert.AreEqual(P256Tests.OrderMinus(3), result);
            order.Negate(result, 0, P256Tests.Scalar(1), 0);
            CollectionAssert.AreEqual(P256Tests.OrderMinus(1), result);
        }

        [TestMethod]
        public void Draw_TakesTheFirstCandidateInRange()
        {
            P256Order order = new P256Order();
            ScriptedRandom random = new ScriptedRandom();
            byte[] result = new byte[34];
            random.Say(new byte[32]);
            random.Say(P256Tests.OrderMinus(0));
            random.Say(P256Tests.Scalar(1));
            Assert.AreEqual(0, order.Draw(result, 1, random));
            Assert.AreEqual(0, random.Pending);
            Assert.AreEqual(1, (int)result[32]);
            Assert.AreEqual(0, result[0] | result[33]);
            for (int i = 0; i < 8; i++) random.Say(new byte[32]);
            Assert.AreEqual(MatterError.OutOfRange, order.Draw(result, 1, random));
        }
    }
}
