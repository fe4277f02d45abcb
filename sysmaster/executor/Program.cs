namespace SysMaster.Executor;

/// <summary>The executor: started by init with its control socket as descriptor 3, it forks a ready child for each request.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is ["--check-state"]) { return 0; }   // it has none; that it runs is what an upgrade wants to know
        SingleThread.Become();
        return Zygote.Run();
    }
}
