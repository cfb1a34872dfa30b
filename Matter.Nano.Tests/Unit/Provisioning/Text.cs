using System.Text;
using Matter.Nano.Device.Provisioning;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Provisioning
{
    /// <summary>Requests and pages as text.</summary>
    internal static class Text
    {
        public static byte[] Bytes(string text)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        /// <summary>A whole request.</summary>
        public static HttpRequest Request(string text)
        {
            HttpRequest request = new HttpRequest();
            request.Reset();
            byte[] bytes = Bytes(text);
            request.Receive(bytes, 0, bytes.Length);
            return request;
        }

        public static HttpRequest Get(string path)
        {
            return Request("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
        }

        public static HttpRequest Post(string path, string form)
        {
            return Request("POST " + path + " HTTP/1.1\r\nContent-Length: " + Bytes(form).Length.ToString() + "\r\n\r\n" + form);
        }

        /// <summary>Position of a text in bytes; -1 if it is not there.</summary>
        public static int Find(byte[] bytes, int offset, int length, string text)
        {
            byte[] wanted = Bytes(text);
            for (int at = offset; at + wanted.Length <= offset + length; at++)
            {
                int same = 0;
                while (same < wanted.Length && bytes[at + same] == wanted[same]) same++;
                if (same == wanted.Length) return at - offset;
            }

            return -1;
        }

        /// <summary>Asks a page and checks that the answer holds a text.</summary>
        /// <returns>Length of the answer.</returns>
        public static int AssertAnswers(ProvisioningPage page, HttpRequest request, string text)
        {
            int length = page.Respond(request);
            Assert.IsTrue(Find(page.Response, page.ResponseOffset, length, text) >= 0, text);
            return length;
        }
    }
}
