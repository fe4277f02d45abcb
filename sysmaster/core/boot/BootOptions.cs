using SysMaster.Core.Logging;
using SysMaster.Core.Status;

namespace SysMaster.Core.Boot;

/// <summary>
/// What the kernel command line asks of the manager: man 1 systemd and man 7 kernel-command-line. Null, or empty, is "not said". Time spans,
/// affinity and limits stay text: they are read by the kinds of the directives they override.
/// </summary>
public sealed class BootOptions
{
    /// <summary>The unit to start: systemd.unit=, or what a bare word (rescue, 3…) means. Null: default.target.</summary>
    public string? Unit { get; internal set; }

    public ShowStatus? ShowStatus { get; internal set; }

    public StatusUnitFormat? StatusUnitFormat { get; internal set; }

    public LogLevel? LogLevel { get; internal set; }

    public LogTarget? LogTarget { get; internal set; }

    public bool? LogColor { get; internal set; }

    public bool? LogLocation { get; internal set; }

    public bool? LogTime { get; internal set; }

    public bool? LogTid { get; internal set; }

    public bool? LogRateLimitKmsg { get; internal set; }

    /// <summary>"debug" without a value.</summary>
    public bool Debug { get; internal set; }

    public bool? DumpCore { get; internal set; }

    public bool? CrashShell { get; internal set; }

    /// <summary>The terminal to switch to on a crash; negative: none.</summary>
    public int? CrashChangeVt { get; internal set; }

    /// <summary>freeze, reboot, poweroff.</summary>
    public string? CrashAction { get; internal set; }

    public string? ConfirmSpawn { get; internal set; }

    public bool? ServiceWatchdogs { get; internal set; }

    public string? DefaultStandardOutput { get; internal set; }

    public string? DefaultStandardError { get; internal set; }

    public string? DefaultTimeoutStart { get; internal set; }

    public string? DefaultDeviceTimeout { get; internal set; }

    public string? CpuAffinity { get; internal set; }

    public string? WatchdogDevice { get; internal set; }

    public string? Watchdog { get; internal set; }

    public string? WatchdogPretimeout { get; internal set; }

    public string? WatchdogPretimeoutGovernor { get; internal set; }

    public string? ReloadLimitInterval { get; internal set; }

    public string? ReloadLimitBurst { get; internal set; }

    /// <summary>An id, or "firmware".</summary>
    public string? MachineId { get; internal set; }

    public string? Hostname { get; internal set; }

    /// <summary>CLOCK_REALTIME, microseconds.</summary>
    public ulong? ClockUsec { get; internal set; }

    /// <summary>Base64.</summary>
    public string? RandomSeed { get; internal set; }

    public string? EarlyCorePattern { get; internal set; }

    public bool? FirstBoot { get; internal set; }

    public bool? ImportCredentials { get; internal set; }

    /// <summary>systemd.unified_cgroup_hierarchy=, systemd.legacy_systemd_cgroup_controller=.</summary>
    public bool? UnifiedCgroups { get; internal set; }

    public bool? LegacyCgroupController { get; internal set; }

    /// <summary>"NAME=value", systemd.setenv=.</summary>
    public List<string> Environment { get; } = [];

    /// <summary>"LANG=value", locale.LANG= and its like.</summary>
    public List<string> Locale { get; } = [];

    /// <summary>Units of systemd.mask= and systemd.wants=: the debug generator of the distribution acts on them.</summary>
    public List<string> Mask { get; } = [];

    public List<string> Wants { get; } = [];

    /// <summary>"ID:VALUE", systemd.set_credential=; then systemd.set_credential_binary=, in base64.</summary>
    public List<string> Credentials { get; } = [];

    public List<string> BinaryCredentials { get; } = [];

    /// <summary>Words that we know with values we do not: for one warning each.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Words that we know and do not act on, each with its reason.</summary>
    public List<(string Word, string Why)> Idle { get; } = [];

    /// <param name="line">The words.</param>
    /// <param name="inInitrd">Then keys with "rd." count like the others, bare words and systemd.unit= do not; else keys with "rd." are not for us.</param>
    public static BootOptions Parse(KernelCommandLine line, bool inInitrd)
    {
        var options = new BootOptions();
        foreach (string word in line.Words)
        {
            if (!KernelCommandLine.Split(word, out ReadOnlySpan<char> key, out string? value)) { continue; }
            if (BootSwitches.TargetOrNull(key, value, inInitrd) is { } target)
            {
                options.Unit = target;
                continue;
            }
            if (key.StartsWith("rd."))
            {
                if (!inInitrd) { continue; }
                key = key[3..];
            }
            else if (inInitrd && KernelCommandLine.SameKey(key, BootSwitches.Unit)) { continue; }   // for the manager of the real root
            if (!BootSwitches.Apply(options, key, value)) { options.Refused.Add(word); }
            else if (BootSwitches.WhyIdleOrNull(key) is { } why) { options.Idle.Add((word, why)); }
        }
        return options;
    }
}
