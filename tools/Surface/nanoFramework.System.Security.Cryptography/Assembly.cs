[assembly: System.Reflection.AssemblyVersion("1.0.43.0")]
