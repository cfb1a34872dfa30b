[assembly: System.Reflection.AssemblyVersion("1.11.60.0")]
