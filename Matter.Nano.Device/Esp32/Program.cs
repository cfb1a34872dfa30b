using System;
using System.Threading;
using nanoFramework.Runtime.Native;

namespace Matter.Nano.Device.Esp32
{
    /// <summary>The firmware application: an On/Off Light on an ESP32.</summary>
    public static class Program
    {
        private const string Platform = "ESP32";
        private const int RestartMs = 10000;

        /// <summary>Runs for good, or refuses to where there is no random source fit for keys.</summary>
        public static void Main()
        {
            if (SystemInfo.Platform != Platform)
            {
                Log.Write("not started: this is no ESP32 (" + SystemInfo.Platform + "), and only there System.Random is a hardware generator fit for keys");
                return;
            }

            try
            {
                Log.Write(Board.Name + ", firmware image " + SystemInfo.TargetName);
                if (Board.IsEthernet)
                {
                    Log.Write("the light is not started: this board has no radio, so its random numbers are not known to be fit for keys");
                }

                new Firmware().Run();
            }
            catch (Exception e)
            {
                Log.Write("cannot start, trying again in 10 s: " + e.Message);
            }

            Thread.Sleep(RestartMs);
            Power.RebootDevice();
        }
    }
}
