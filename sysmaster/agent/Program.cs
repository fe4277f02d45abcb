using SysMaster.Linux;

namespace SysMaster.Agent;

/// <summary>Sends the one word it was given to the manager. Nobody reads what it prints: the exit code says how it went.</summary>
internal static class Program
{
    private static int Main()
    {
        Result<byte[]> arguments = Sys.ReadFile("/proc/self/cmdline"u8, 1 << 16);   // a group's name need not be UTF-8
        if (arguments.Failed) { return 1; }
        ReadOnlySpan<byte> group = arguments.Value;
        group = group[(group.IndexOf((byte)0) + 1)..].TrimEnd((byte)0);
        if (group.IsEmpty || group.Contains((byte)0)) { return 2; }
        Result<OwnedFd> socket = Sys.ConnectUnix("/run/systemd/cgroups-agent"u8, LibC.SOCK_DGRAM);
        if (socket.Failed) { return 1; }
        Result<int> sent = Sys.SendMessage(socket.Value.Fd, group);
        return sent.Failed ? 1 : 0;
    }
}
