[assembly: System.Reflection.AssemblyVersion("1.5.149.0")]
