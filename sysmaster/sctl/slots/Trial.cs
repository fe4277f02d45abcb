using System.Globalization;

namespace SysMaster.Sctl.Slots;

/// <summary>A manager on trial: who, started how, with how much time to reach the default target. The record is /etc/sysmaster/trial, on the root file system itself, which PID 1 can read.</summary>
internal sealed record Trial(string Provider, string Method, int Seconds, bool Reboot)
{
    public const string File = "/etc/sysmaster/trial";

    /// <summary>There once the boot on trial has begun, whoever began it.</summary>
    public const string BegunFile = "/etc/sysmaster/trial.begun";

    public const string FailedFile = "/etc/sysmaster/trial.failed";

    public static Trial? Read(SlotTree tree)
    {
        if (tree.ReadText(File) is not { } text) { return null; }
        Dictionary<string, string> fields = [];
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) { fields[line[..equals]] = line[(equals + 1)..]; }
        }

        // A damaged record is a trial that nobody can win: the next boot is the previous manager's.
        return new Trial(fields.GetValueOrDefault("provider", ""), fields.GetValueOrDefault("method", ""),
            int.TryParse(fields.GetValueOrDefault("seconds"), CultureInfo.InvariantCulture, out int seconds) ? seconds : 0, fields.GetValueOrDefault("reboot") == "yes");
    }

    public void Write(SlotTree tree) => tree.WriteText(File,
        string.Create(CultureInfo.InvariantCulture, $"provider={Provider}\nmethod={Method}\nseconds={Seconds}\nreboot={(Reboot ? "yes" : "no")}\n"));

    public static void End(SlotTree tree)
    {
        tree.Remove(File);
        tree.Remove(BegunFile);
    }
}
