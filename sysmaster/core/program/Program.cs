using SysMaster.Linux;

namespace SysMaster.Program;

/// <summary>The manager: <c>sysmaster --system</c> under init, <c>sysmaster --user</c> in user@.service.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        foreach (string arg in args)
        {
            if (arg == "--version")
            {
                _ = Sys.WriteAll(new Fd(1), "sysmaster 255 (0.1.0)\n"u8);
                return 0;
            }
        }
        if (args.Length > 0 && args[0] == StateCheck.Switch) { return StateCheck.Run(); }
        if (args.Length > 0 && args[0] == MountInto.Switch) { return MountInto.Run(args.AsSpan(1)); }
        return new ManagerHost(isUser: Array.IndexOf(args, "--user") >= 0, args).Run();
    }
}
