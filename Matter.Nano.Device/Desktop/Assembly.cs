using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Benchmarks")]
