namespace Matter.Nano.Tools { internal static class Program { private static int Main() { return 0; } } }
