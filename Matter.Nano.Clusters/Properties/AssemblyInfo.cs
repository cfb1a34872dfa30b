using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("Matter.Nano.Clusters")]
[assembly: AssemblyDescription("Application clusters of Matter.Nano that not every device uses.")]
[assembly: AssemblyCopyright("Copyright (c) 2026 The Matter.Nano authors")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: InternalsVisibleTo("Matter.Nano.Tests")]
[assembly: InternalsVisibleTo("NFUnitTest")]
