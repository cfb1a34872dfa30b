using BenchmarkDotNet.Running;

namespace Matter.Nano.Tools.Benchmarks
{
    /// <summary>
    /// Time and garbage of single operations on .NET:
    /// dotnet run -c Release --project tools/Benchmarks/Benchmarks.csproj -- --inProcess --filter '*'
    /// </summary>
    internal static class Program
    {
        private static void Main(string[] args)
        {
            BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        }
    }
}
