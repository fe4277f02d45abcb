using System.Collections.Immutable;
using SysMaster.Core.Logging;
using SysMaster.Core.Status;

namespace SysMaster.Core.Boot;

/// <summary>The switches that the manager reads: one row each.</summary>
internal static class BootSwitches
{
    public const string Unit = "systemd.unit";

    private const string LocalePrefix = "locale.";

    private static readonly ImmutableArray<BootSwitch> s_table =
    [
        Text(Unit, static (o, v) => o.Unit = v),
        Flag("systemd.dump_core", static (o, v) => o.DumpCore = v),
        Flag("systemd.crash_shell", static (o, v) => o.CrashShell = v),
        new("systemd.crash_chvt", false, CrashChvt),
        Flag("systemd.crash_reboot", static (o, v) => o.CrashAction = v ? "reboot" : "freeze"),
        new("systemd.crash_action", true, CrashAction),
        new("systemd.confirm_spawn", false, static (o, v) => Set(o.ConfirmSpawn = v ?? "yes")),
        Flag("systemd.service_watchdogs", static (o, v) => o.ServiceWatchdogs = v),
        new("systemd.show_status", false, Show),
        new("systemd.status_unit_format", true, UnitFormat),
        new("quiet", false, static (o, v) => v is not null || Set(o.ShowStatus ??= Status.ShowStatus.Auto)),
        new("debug", false, static (o, v) => v is not null || Set(o.Debug = true)),
        new("systemd.log_level", true, Level),
        new("systemd.log_target", true, Target),
        Flag("systemd.log_color", static (o, v) => o.LogColor = v),
        Flag("systemd.log_location", static (o, v) => o.LogLocation = v),
        Flag("systemd.log_time", static (o, v) => o.LogTime = v),
        Flag("systemd.log_tid", static (o, v) => o.LogTid = v),
        Flag("systemd.log_ratelimit_kmsg", static (o, v) => o.LogRateLimitKmsg = v),
        Text("systemd.default_standard_output", static (o, v) => o.DefaultStandardOutput = v),
        Text("systemd.default_standard_error", static (o, v) => o.DefaultStandardError = v),
        Text("systemd.default_timeout_start_sec", static (o, v) => o.DefaultTimeoutStart = v),
        Text("systemd.default_device_timeout_sec", static (o, v) => o.DefaultDeviceTimeout = v),
        Text("systemd.cpu_affinity", static (o, v) => o.CpuAffinity = v),
        Text("systemd.watchdog_device", static (o, v) => o.WatchdogDevice = v),
        Text("systemd.watchdog_sec", static (o, v) => o.Watchdog = v),
        Text("systemd.watchdog_pre_sec", static (o, v) => o.WatchdogPretimeout = v),
        Text("systemd.watchdog_pretimeout_governor", static (o, v) => o.WatchdogPretimeoutGovernor = v),
        Text("systemd.reload_limit_interval_sec", static (o, v) => o.ReloadLimitInterval = v),
        Text("systemd.reload_limit_burst", static (o, v) => o.ReloadLimitBurst = v),
        new("systemd.setenv", true, SetEnvironment),
        new("systemd.machine_id", true, MachineId),
        Text("systemd.hostname", static (o, v) => o.Hostname = v),
        new("systemd.clock_usec", true, static (o, v) => ulong.TryParse(v, out ulong usec) && Set(o.ClockUsec = usec)),
        Text("systemd.random_seed", static (o, v) => o.RandomSeed = v),
        Text("systemd.early_core_pattern", static (o, v) => o.EarlyCorePattern = v),
        Flag("systemd.condition_first_boot", static (o, v) => o.FirstBoot = v),
        Flag("systemd.import_credentials", static (o, v) => o.ImportCredentials = v),
        Flag("systemd.unified_cgroup_hierarchy", static (o, v) => o.UnifiedCgroups = v),
        Flag("systemd.legacy_systemd_cgroup_controller", static (o, v) => o.LegacyCgroupController = v),
        Text("systemd.mask", static (o, v) => o.Mask.Add(v)),
        Text("systemd.wants", static (o, v) => o.Wants.Add(v)),
        Text("systemd.set_credential", static (o, v) => o.Credentials.Add(v)),
        Text("systemd.set_credential_binary", static (o, v) => o.BinaryCredentials.Add(v)),
    ];

    /// <summary>Known words that change nothing here, and why: a manager that has ended is started again, with its state and no services lost.</summary>
    private static readonly (string Key, string Why)[] s_idle =
    [
        ("systemd.dump_core", "a manager that ends is started again"), ("systemd.crash_shell", "a manager that ends is started again"),
        ("systemd.crash_chvt", "a manager that ends is started again"), ("systemd.crash_reboot", "a manager that ends is started again"),
        ("systemd.crash_action", "a manager that ends is started again"), ("systemd.confirm_spawn", "services are not asked about"),
        ("systemd.log_location", "lines on the console have one form"), ("systemd.log_time", "lines on the console have one form"),
        ("systemd.log_tid", "lines on the console have one form"), ("systemd.reload_limit_interval_sec", "reloads are not limited"),
        ("systemd.reload_limit_burst", "reloads are not limited"), ("systemd.random_seed", "the kernel's pool is not given it"),
    ];

    /// <returns>Why a word has no effect; null where it has one, or is not ours.</returns>
    public static string? WhyIdleOrNull(ReadOnlySpan<char> key)
    {
        foreach ((string known, string why) in s_idle)
        {
            if (KernelCommandLine.SameKey(key, known)) { return why; }
        }
        return null;
    }

    private static readonly string[] s_localeNames =
    [
        "LANG", "LANGUAGE", "LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES", "LC_PAPER", "LC_NAME",
        "LC_ADDRESS", "LC_TELEPHONE", "LC_MEASUREMENT", "LC_IDENTIFICATION",
    ];

    /// <summary>The target that a word names by itself; words without a value only.</summary>
    public static string? TargetOrNull(ReadOnlySpan<char> key, string? value, bool inInitrd)
    {
        if (value is not null) { return null; }
        if (inInitrd)
        {
            return key switch
            {
                "rd.emergency" => "emergency.target",
                "rd.rescue" => "rescue.target",
                _ => null,
            };
        }
        return key switch
        {
            "emergency" or "-b" => "emergency.target",
            "rescue" or "single" or "-s" or "s" or "S" or "1" => "rescue.target",
            "2" or "3" or "4" => "multi-user.target",
            "5" => "graphical.target",
            _ => null,
        };
    }

    /// <returns>False for a value that the switch refuses; words that are nobody's switch are fine.</returns>
    public static bool Apply(BootOptions options, ReadOnlySpan<char> key, string? value)
    {
        if (key.StartsWith(LocalePrefix)) { return Locale(options, key[LocalePrefix.Length..], value); }
        foreach (BootSwitch one in s_table)
        {
            if (KernelCommandLine.SameKey(key, one.Key)) { return (value is not null || !one.NeedsValue) && one.Apply(options, value); }
        }
        return true;
    }

    private static BootSwitch Text(string key, Action<BootOptions, string> set)
        => new(key, true, (options, value) =>
        {
            set(options, value!);
            return true;
        });

    private static BootSwitch Flag(string key, Action<BootOptions, bool> set)
        => new(key, false, (options, value) =>
        {
            bool? flag = value is null ? true : BootWords.BooleanOrNull(value);
            if (flag is { } known) { set(options, known); }
            return flag is not null;
        });

    /// <summary>An assignment as an expression that is true.</summary>
    private static bool Set<T>(T value) => value is not null;

    private static bool Show(BootOptions options, string? value)
    {
        if (value is null) { return Set(options.ShowStatus = Status.ShowStatus.Yes); }
        bool known = ShowStatusNames.TryParse(value, out ShowStatus status);
        if (known) { options.ShowStatus = status; }
        return known;
    }

    private static bool UnitFormat(BootOptions options, string? value)
    {
        StatusUnitFormat? format = value switch
        {
            "name" => Status.StatusUnitFormat.Name,
            "description" => Status.StatusUnitFormat.Description,
            "combined" => Status.StatusUnitFormat.Combined,
            _ => null,
        };
        options.StatusUnitFormat = format ?? options.StatusUnitFormat;
        return format is not null;
    }

    private static bool Level(BootOptions options, string? value)
    {
        bool known = LogLevelNames.TryParse(value, out LogLevel level);
        if (known) { options.LogLevel = level; }
        return known;
    }

    private static bool Target(BootOptions options, string? value)
    {
        bool known = LogTargetNames.TryParse(value, out LogTarget target);
        if (known) { options.LogTarget = target; }
        return known;
    }

    /// <summary>A terminal, or a boolean: yes is the terminal of the kernel's messages (0), no is none.</summary>
    private static bool CrashChvt(BootOptions options, string? value)
    {
        int? vt = value is null ? 0 : int.TryParse(value, out int number) ? number : BootWords.BooleanOrNull(value) is { } flag ? flag ? 0 : -1 : null;
        options.CrashChangeVt = vt ?? options.CrashChangeVt;
        return vt is not null;
    }

    private static bool CrashAction(BootOptions options, string? value)
    {
        bool known = value is "freeze" or "reboot" or "poweroff";
        if (known) { options.CrashAction = value; }
        return known;
    }

    private static bool SetEnvironment(BootOptions options, string? value)
    {
        bool valid = value!.IndexOf('=', StringComparison.Ordinal) > 0;
        if (valid) { options.Environment.Add(value); }
        return valid;
    }

    private static bool MachineId(BootOptions options, string? value)
    {
        string id = value == "firmware" ? "firmware" : MachineIdText.FromUuidOrEmpty(value);
        if (id.Length > 0) { options.MachineId = id; }
        return id.Length > 0;
    }

    private static bool Locale(BootOptions options, ReadOnlySpan<char> name, string? value)
    {
        foreach (string known in s_localeNames)
        {
            if (KernelCommandLine.SameKey(name, known) && value is not null) { options.Locale.Add($"{known}={value}"); }
        }
        return true;
    }
}
