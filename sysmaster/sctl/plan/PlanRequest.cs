namespace SysMaster.Sctl.Plan;

/// <summary>What a verb of systemctl asks the manager for: a type of job, and how it may treat the jobs of others.</summary>
/// <param name="Unit">The unit that a verb without arguments is about; null where units are given.</param>
internal sealed record PlanRequest(string JobType, string Mode, string? Unit = null)
{
    private static readonly Dictionary<string, PlanRequest> s_verbs = new(StringComparer.Ordinal)
    {
        ["start"] = new("start", "replace"),
        ["stop"] = new("stop", "replace"),
        ["restart"] = new("restart", "replace"),
        ["reload"] = new("reload", "replace"),
        ["try-restart"] = new("try-restart", "replace"),
        ["condrestart"] = new("try-restart", "replace"),
        ["reload-or-restart"] = new("reload-or-restart", "replace"),
        ["reload-or-try-restart"] = new("reload-or-try-restart", "replace"),
        ["try-reload-or-restart"] = new("reload-or-try-restart", "replace"),
        ["isolate"] = new("start", "isolate"),
        ["default"] = new("start", "isolate", "default.target"),
        ["rescue"] = new("start", "isolate", "rescue.target"),
        ["emergency"] = new("start", "isolate", "emergency.target"),
        ["poweroff"] = new("start", "replace-irreversibly", "poweroff.target"),
        ["reboot"] = new("start", "replace-irreversibly", "reboot.target"),
        ["halt"] = new("start", "replace-irreversibly", "halt.target"),
        ["kexec"] = new("start", "replace-irreversibly", "kexec.target"),
        ["exit"] = new("start", "replace-irreversibly", "exit.target"),
    };

    public static IEnumerable<string> Verbs => s_verbs.Keys;

    /// <returns>Null for a verb that queues no jobs.</returns>
    public static PlanRequest? Of(string verb) => s_verbs.GetValueOrDefault(verb);
}
