[assembly: System.Reflection.AssemblyVersion("1.11.39.0")]
