using Matter.Nano.Device.Provisioning;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Provisioning
{
    /// <summary>HTTP requests: those of browsers, in any pieces, and those of whoever means harm.</summary>
    [TestClass]
    public class HttpRequestTests
    {
        [TestMethod]
        public void Get()
        {
            HttpRequest request = Text.Request("\r\nGET /scan?x=1&y HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n");
            Assert.AreEqual(HttpRequest.Complete, request.Status);
            Assert.IsTrue(request.IsFor("/scan"));
            Assert.IsFalse(request.IsFor("/sca"));
            Assert.IsFalse(request.IsPost);
            Assert.IsFalse(request.IsHead);
            Assert.AreEqual(0, request.BodyLength);
            request = Text.Request("HEAD / HTTP/1.0\n\n");
            Assert.AreEqual(HttpRequest.Complete, request.Status);
            Assert.IsTrue(request.IsHead);
        }

        [TestMethod]
        public void Post_InAnyPieces()
        {
            byte[] bytes = Text.Bytes("POST / HTTP/1.1\r\nCONTENT-length: \t11 \r\nX: y\r\n\r\nssid=a&b=c%and more");
            int whole = bytes.Length - "and more".Length;
            for (int cut = 0; cut <= bytes.Length; cut++)
            {
                HttpRequest request = new HttpRequest();
                request.Reset();
                int status = request.Receive(bytes, 0, cut);
                Assert.AreEqual(cut < whole ? HttpRequest.Incomplete : HttpRequest.Complete, status);
                Assert.AreEqual(HttpRequest.Complete, request.Receive(bytes, cut, bytes.Length - cut));
                Assert.IsTrue(request.IsPost);
                Assert.IsTrue(request.IsFor("/"));
                Assert.AreEqual(11, request.BodyLength);
                Assert.AreEqual((byte)'s', request.Body[0]);
                Assert.AreEqual((byte)'c', request.Body[9]);
                request.Reset();
                Assert.AreEqual(HttpRequest.Incomplete, request.Status);
                Assert.AreEqual(0, (int)request.Body[0], "wiped");
            }
        }

        [TestMethod]
        [DataRow(400, "GET\r\n\r\n")]
        [DataRow(400, "GET /\r\n\r\n")]
        [DataRow(400, "GET / HTTP/1.1 \r\n\r\n")]
        [DataRow(400, " / HTTP/1.1\r\n\r\n")]
        [DataRow(400, "GET  HTTP/1.1\r\n\r\n")]
        [DataRow(400, "GET ?a HTTP/1.1\r\n\r\n")]
        [DataRow(400, "GET / HTTP/11\r\n\r\n")]
        [DataRow(400, "GET /\u0001 HTTP/1.1\r\n\r\n")]
        [DataRow(400, "GET /\u00e4 HTTP/1.1\r\n\r\n")]
        [DataRow(505, "GET / HTTP/2.0\r\n\r\n")]
        [DataRow(501, "PUT / HTTP/1.1\r\n\r\n")]
        [DataRow(501, "get / HTTP/1.1\r\n\r\n")]
        [DataRow(501, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")]
        [DataRow(411, "POST / HTTP/1.1\r\n\r\n")]
        [DataRow(413, "POST / HTTP/1.1\r\nContent-Length: 513\r\n\r\n")]
        [DataRow(413, "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n")]
        [DataRow(400, "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n")]
        [DataRow(400, "POST / HTTP/1.1\r\nContent-Length:\r\n\r\n")]
        [DataRow(400, "POST / HTTP/1.1\r\nContent-Length: 1 2\r\n\r\n")]
        [DataRow(400, "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")]
        [DataRow(200, "POST / HTTP/1.1\r\nContent-Length: 1\r\ncontent-length: 1\r\n\r\nx")]
        [DataRow(200, "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n")]
        public void Status(int status, string text)
        {
            HttpRequest request = Text.Request(text);
            Assert.AreEqual(status, request.Status, text);
            byte[] more = Text.Bytes("GET / HTTP/1.1\r\n\r\n");
            Assert.AreEqual(status, request.Receive(more, 0, more.Length), "stays");
        }

        [TestMethod]
        public void LongHeaders_CostNothing_EndlessOnesEnd()
        {
            HttpRequest request = new HttpRequest();
            request.Reset();
            Feed(request, "GET / HTTP/1.1\r\n");
            for (int i = 0; i < 7; i++)
            {
                Feed(request, "Cookie: ");
                Fill(request, 'x', 1000);
                Feed(request, "\r\n");
            }

            Assert.AreEqual(HttpRequest.Incomplete, request.Status);
            Feed(request, "\r\n");
            Assert.AreEqual(HttpRequest.Complete, request.Status);
            Assert.IsTrue(request.IsFor("/"));

            request.Reset();
            Feed(request, "GET / HTTP/1.1\r\nCookie: ");
            for (int i = 0; i < 9; i++) Fill(request, 'x', 1000);
            Assert.AreEqual(431, request.Status);

            request.Reset();
            Feed(request, "GET /");
            Fill(request, 'x', 300);
            Feed(request, " HTTP/1.1\r\n\r\n");
            Assert.AreEqual(414, request.Status);

            request.Reset();
            for (int i = 0; i < 9; i++) Fill(request, 'x', 1000);
            Assert.AreEqual(414, request.Status);

            request.Reset();
            Feed(request, "POST / HTTP/1.1\r\nContent-Length:");
            Fill(request, ' ', 300);
            Feed(request, "1\r\n\r\nx");
            Assert.AreEqual(400, request.Status);
        }

        private static void Fill(HttpRequest request, char letter, int count)
        {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++) bytes[i] = (byte)letter;
            request.Receive(bytes, 0, count);
        }

        private static void Feed(HttpRequest request, string text)
        {
            byte[] bytes = Text.Bytes(text);
            request.Receive(bytes, 0, bytes.Length);
        }
    }
}
