using System.Text;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>switch-root ROOT [INIT]: from the initrd into the system.</summary>
internal static class SwitchRoot
{
    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        if (settings.Transport != Transport.Local) { return Log.Error("Cannot switch root remotely."); }
        if (words.Length is < 2 or > 3) { return Log.Error("Wrong number of arguments."); }
        string root = words[1], init = words.ElementAtOrDefault(2) ?? InitOfCommandLine();
        if (session.Manager() is not { } caller) { return 1; }
        // The manager itself in the new root needs no path: it takes its state along.
        if (init.Length > 0 && IsManager(root, init)) { init = ""; }
        // Whoever is stopped with the old root should not take us with it.
        Log.Debug($"Switching root - root: {root}; init: {(init.Length > 0 ? init : "n/a")}");
        BusReply reply = caller.Manager("SwitchRoot", "ss", w => { w.WriteString(root); w.WriteString(init); });
        return reply.Failed ? Log.Error($"Failed to switch root: {reply.Error}") : 0;
    }

    private static string InitOfCommandLine()
    {
        Result<byte[]> line = Sys.ReadFile(new ByteText("/proc/cmdline"));
        if (line.Failed) { return ""; }
        string? word = Encoding.UTF8.GetString(line.Value).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).LastOrDefault(w
            => w.StartsWith("init=", StringComparison.Ordinal));
        return word is null ? "" : word["init=".Length..];
    }

    private static bool IsManager(string root, string init)
    {
        foreach (string manager in (string[])["/usr/lib/systemd/systemd", "/lib/systemd/systemd"])
        {
            Result<FileStat> a = Sys.Stat(new ByteText(root + init)), b = Sys.Stat(new ByteText(root + manager));
            if (!a.Failed && !b.Failed && a.Value.Inode == b.Value.Inode && a.Value.Device == b.Value.Device) { return true; }
        }
        return false;
    }
}
