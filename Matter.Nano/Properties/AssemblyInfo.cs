using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("Matter.Nano")]
[assembly: AssemblyDescription("A Matter device stack for .NET nanoFramework and .NET.")]
[assembly: AssemblyCopyright("Copyright (c) 2026 The Matter.Nano authors")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: InternalsVisibleTo("Matter.Nano.Tests")]
[assembly: InternalsVisibleTo("NFUnitTest")]
