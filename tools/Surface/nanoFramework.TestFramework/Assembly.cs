[assembly: System.Reflection.AssemblyVersion("3.0.80.0")]
