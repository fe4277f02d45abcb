namespace SysMaster.Executor;

/// <summary>The executor: started by init with its control socket as descriptor 3, it forks a ready child for each request.</summary>
internal static class Program
{
    private static int Main()
    {
        SingleThread.Become();
        return Zygote.Run();
    }
}
