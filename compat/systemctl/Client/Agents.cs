using System.Globalization;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>
/// Programs that ask the person at the terminal while we wait: polkit's agent (may this user do that?) and the one for passwords
/// (disks, keys) that a start may need. They end with us.
/// </summary>
internal static unsafe class Agents
{
    private static readonly List<ChildProcess> s_agents = [];

    public static void Open(Settings settings, bool passwords = false)
    {
        if (!settings.AskPassword || settings.Transport != Transport.Local || settings.IsUser || !Tty.IsInput || !Tty.IsError || s_agents.Count > 0) { return; }
        // Root needs nobody's leave.
        if (LibC.geteuid() != 0) { OpenPolkit(); }
        if (passwords) { Keep(ChildProcess.Start(["systemd-tty-ask-password-agent", "--watch"])); }
    }

    public static void Close()
    {
        foreach (ChildProcess agent in s_agents)
        {
            agent.Signal(15);
            agent.Signal(18);
            _ = agent.Wait();
        }
        s_agents.Clear();
    }

    // It says that it is registered by closing the descriptor.
    private static void OpenPolkit()
    {
        const int NotifyFd = 3, TimeoutMsec = 2_000;
        int* ends = stackalloc int[2];
        if (LibC.pipe2(ends, LibC.O_CLOEXEC) < 0) { return; }
        using OwnedFd read = new(ends[0]);
        var write = new OwnedFd(ends[1]);
        Result<ChildProcess> agent = ChildProcess.Start(
            ["pkttyagent", "--notify-fd", NotifyFd.ToString(CultureInfo.InvariantCulture), "--fallback"], null, (write.Value, NotifyFd));
        write.Dispose();
        Keep(agent);
        if (!agent.Failed) { _ = Sys.WaitReadable(read.Fd, TimeoutMsec); }
    }

    private static void Keep(Result<ChildProcess> agent)
    {
        if (!agent.Failed) { s_agents.Add(agent.Value); }
    }
}
