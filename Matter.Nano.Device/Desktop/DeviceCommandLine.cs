using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;
using Matter.Nano.Clusters;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>The program's options.</summary>
    internal sealed class DeviceCommandLine
    {
        private const string PlatformKind = "platform";
        private const string ManagedKind = "managed";

        private static readonly string[] LogLevels = { "trace", "debug", "info", "warn" };

        private readonly RootCommand _command = new RootCommand("A virtual Matter device. It takes commands on standard input and names them when it starts.");
        private readonly Option<string> _device = new Option<string>("--device")
        {
            Description = "What to be: " + string.Join(", ", SampleKind.Names),
            HelpName = "DEVICE",
            DefaultValueFactory = _ => SampleKind.Names[0],
            CustomParser = ParseDevice,
        };
        private readonly Option<int> _port = NumberOption("--port", "PORT", "UDP port; 0 takes any free one", 5540, 0, 65535);
        private readonly Option<int> _passcode = NumberOption("--passcode", "PASSCODE", "Setup passcode", 20202021, 1, 99999998, passcode => !SetupPayload.IsValidPasscode((uint)passcode));
        private readonly Option<int> _discriminator = NumberOption("--discriminator", "NUMBER", "Long discriminator", 3840, 0, 4095);
        private readonly Option<string> _storage = new Option<string>("--storage")
        {
            Description = "Directory that keeps fabrics and settings, or 'memory' to forget them at the end; by default " + DefaultStorage("DEVICE"),
            HelpName = "DIR",
        };
        private readonly Option<string> _interface = new Option<string>("--interface")
        {
            Description = "Network interface to be found on; without it, all but loopback",
            HelpName = "NAME",
        };
        private readonly Option<bool> _wifi = new Option<bool>("--wifi")
        {
            Description = "Be a Wi-Fi device: controllers find and choose simulated networks (" + SimulatedWiFi.Ssid + ", password " + SimulatedWiFi.Password + ")",
        };
        private readonly Option<int> _setup = NumberOption("--setup", "PORT", "Begin with the set-up page of a factory-new Wi-Fi board, at http://127.0.0.1:PORT/", -1, 1, 65535);
        private readonly Option<string> _hostId = new Option<string>("--host-id")
        {
            Description = "12 hex digits, as of a MAC address: the host's name to be found under; without it, random at each start",
            HelpName = "HEX",
        };
        private readonly Option<string> _enableKey = new Option<string>("--enable-key")
        {
            Description = "32 hex digits that certification tests need: TestEventTrigger and PayloadTestRequest work with them",
            HelpName = "HEX",
        };
        private readonly Option<bool> _noMdns = new Option<bool>("--no-mdns")
        {
            Description = "Don't be found: controllers must know address and port",
        };
        private readonly Option<string> _log = new Option<string>("--log")
        {
            Description = "What to log on standard error: trace, debug, info or warn",
            HelpName = "LEVEL",
            DefaultValueFactory = _ => "info",
            CustomParser = ParseLogLevel,
        };
        private readonly Option<string> _crypto = new Option<string>("--crypto")
        {
            Description = "Cryptography: managed (all our own code, which is faster here) or platform (.NET's where it has it)",
            HelpName = "KIND",
            DefaultValueFactory = _ => ManagedKind,
            CustomParser = ParseCrypto,
        };
        private readonly Option<bool> _json = new Option<bool>("--json")
        {
            Description = "Print one JSON object a line",
        };

        public DeviceCommandLine()
        {
            _storage.Validators.Add(CheckStorage);
            _interface.Validators.Add(CheckInterface);
            _hostId.Validators.Add(CheckHostId);
            _enableKey.Validators.Add(CheckEnableKey);
            foreach (Option option in new Option[] { _device, _port, _passcode, _discriminator, _storage, _interface, _wifi, _setup, _hostId, _enableKey, _noMdns, _log, _crypto, _json })
                _command.Add(option);
        }

        /// <summary>Reads the arguments and runs the device, or prints help or what is wrong with them.</summary>
        /// <param name="args">The arguments.</param>
        /// <param name="run">Runs the device and gives the exit code.</param>
        /// <param name="error">Receives one line if the arguments are bad.</param>
        /// <returns>The exit code.</returns>
        public int Invoke(string[] args, Func<DeviceOptions, int> run, TextWriter error)
        {
            _command.SetAction(result => run(ToOptions(result)));
            ParseResult parsed = _command.Parse(args);
            if (parsed.Errors.Count == 0)
                return parsed.Invoke();
            error.WriteLine(parsed.Errors[0].Message.ReplaceLineEndings(" ") + " See --help.");
            return ExitCode.BadOptions;
        }

        private DeviceOptions ToOptions(ParseResult result)
        {
            string device = result.GetValue(_device);
            string storage = result.GetValue(_storage) ?? DefaultStorage(device);
            return new DeviceOptions
            {
                Device = device,
                Port = result.GetValue(_port),
                Passcode = result.GetValue(_passcode),
                Discriminator = result.GetValue(_discriminator),
                Storage = storage == "memory" ? null : storage,
                Interface = result.GetValue(_interface),
                HasWiFi = result.GetValue(_wifi) || result.GetValue(_setup) > 0,
                SetupPort = result.GetValue(_setup),
                HostId = result.GetValue(_hostId) is string hostId ? Convert.FromHexString(hostId) : null,
                EnableKey = result.GetValue(_enableKey) is string enableKey ? Convert.FromHexString(enableKey) : null,
                HasMdns = !result.GetValue(_noMdns),
                LogLevel = Enum.Parse<LogLevel>(result.GetValue(_log), true),
                HasPlatformCrypto = result.GetValue(_crypto) == PlatformKind,
                IsJson = result.GetValue(_json),
            };
        }

        private static string DefaultStorage(string device)
        {
            string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(data, "Matter.Nano", device);
        }

        private static Option<int> NumberOption(string name, string helpName, string description, int value, int min, int max, Predicate<int> isForbidden = null)
        {
            return new Option<int>(name)
            {
                Description = description,
                HelpName = helpName,
                DefaultValueFactory = _ => value,
                CustomParser = result =>
                {
                    if (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < min || number > max)
                        result.AddError(name + " must be a number from " + min + " to " + max + ".");
                    else if (isForbidden != null && isForbidden(number))
                        result.AddError(name + " must not be " + number + ": it is too easy to guess.");
                    return number;
                },
            };
        }

        private static string ParseDevice(ArgumentResult result)
        {
            string device = result.Tokens[0].Value;
            if (Array.IndexOf(SampleKind.Names, device) < 0)
                result.AddError("--device must be one of " + string.Join(", ", SampleKind.Names) + ".");
            return device;
        }

        private static string ParseLogLevel(ArgumentResult result)
        {
            string level = result.Tokens[0].Value;
            if (Array.IndexOf(LogLevels, level) < 0)
                result.AddError("--log must be one of " + string.Join(", ", LogLevels) + ".");
            return level;
        }

        private static string ParseCrypto(ArgumentResult result)
        {
            string kind = result.Tokens[0].Value;
            if (kind != PlatformKind && kind != ManagedKind)
                result.AddError("--crypto must be " + ManagedKind + " or " + PlatformKind + ".");
            return kind;
        }

        private static void CheckStorage(OptionResult result)
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
                result.AddError("--storage needs a directory or 'memory'.");
        }

        private static void CheckHostId(OptionResult result)
        {
            string digits = result.GetValueOrDefault<string>();
            if (digits.Length != 2 * NetworkInterface.HardwareAddressLength || !digits.All(char.IsAsciiHexDigit))
                result.AddError("--host-id must be " + 2 * NetworkInterface.HardwareAddressLength + " hex digits.");
        }

        private static void CheckEnableKey(OptionResult result)
        {
            string digits = result.GetValueOrDefault<string>();
            if (digits.Length != 2 * GeneralDiagnosticsCluster.EnableKeyLength || !digits.All(char.IsAsciiHexDigit) || digits.All(digit => digit == '0'))
                result.AddError("--enable-key must be " + 2 * GeneralDiagnosticsCluster.EnableKeyLength + " hex digits, not all of them 0.");
        }

        private static void CheckInterface(OptionResult result)
        {
            string name = result.GetValueOrDefault<string>();
            if (!HostInterface.Exists(name))
                result.AddError("There is no network interface '" + name + "'.");
        }
    }
}
