using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("Matter.Nano.Messaging")]
[assembly: AssemblyDescription("Fabrics, messages, sessions, exchanges and the secure channel of Matter.Nano.")]
[assembly: AssemblyCopyright("Copyright (c) 2026 The Matter.Nano authors")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: InternalsVisibleTo("Matter.Nano")]
[assembly: InternalsVisibleTo("Matter.Nano.Tests")]
[assembly: InternalsVisibleTo("NFUnitTest")]
