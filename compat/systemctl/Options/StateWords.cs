namespace SysMaster.Systemctl;

/// <summary>The words of unit types and states, in the order in which "help" lists them.</summary>
internal static class StateWords
{
    public static readonly string[] Types = ["service", "mount", "swap", "socket", "target", "device", "automount", "timer", "path", "slice", "scope"];

    public static readonly string[] Load = ["stub", "loaded", "not-found", "bad-setting", "error", "merged", "masked"];

    public static readonly string[] Active = ["active", "reloading", "inactive", "failed", "activating", "deactivating", "maintenance"];

    public static readonly string[] Files =
    [
        "enabled", "enabled-runtime", "linked", "linked-runtime", "alias", "masked", "masked-runtime", "static", "disabled", "indirect", "generated",
        "transient", "bad",
    ];

    private static readonly (string Type, string[] States)[] s_sub =
    [
        ("automount", ["dead", "waiting", "running", "failed"]),
        ("device", ["dead", "tentative", "plugged"]),
        ("mount",
        [
            "dead", "mounting", "mounting-done", "mounted", "remounting", "unmounting", "remounting-sigterm", "remounting-sigkill", "unmounting-sigterm",
            "unmounting-sigkill", "failed", "cleaning",
        ]),
        ("path", ["dead", "waiting", "running", "failed"]),
        ("scope", ["dead", "start-chown", "running", "abandoned", "stop-sigterm", "stop-sigkill", "failed"]),
        ("service",
        [
            "dead", "condition", "start-pre", "start", "start-post", "running", "exited", "reload", "stop", "stop-watchdog", "stop-sigterm", "stop-sigkill",
            "stop-post", "final-watchdog", "final-sigterm", "final-sigkill", "failed", "auto-restart", "cleaning",
        ]),
        ("slice", ["dead", "active"]),
        ("socket",
        [
            "dead", "start-pre", "start-chown", "start-post", "listening", "running", "stop-pre", "stop-pre-sigterm", "stop-pre-sigkill", "stop-post",
            "final-sigterm", "final-sigkill", "failed", "cleaning",
        ]),
        ("swap", ["dead", "activating", "activating-done", "active", "deactivating", "deactivating-sigterm", "deactivating-sigkill", "failed", "cleaning"]),
        ("target", ["dead", "active"]),
        ("timer", ["dead", "waiting", "running", "elapsed", "failed"]),
    ];

    public static int ListTypes()
    {
        List("unit types", Types);
        return 0;
    }

    public static int ListStates()
    {
        List("unit load states", Load);
        Stdio.Line();
        List("unit active states", Active);
        Stdio.Line();
        List("unit file states", Files);
        foreach ((string type, string[] states) in s_sub)
        {
            Stdio.Line();
            List($"{type} unit substates", states);
        }
        return 0;
    }

    private static void List(string what, string[] words) => Stdio.Write($"Available {what}:\n{string.Join('\n', words)}\n");
}
