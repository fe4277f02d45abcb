using SysMaster.Core;
using SysMaster.Core.Boot;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Core.Status;
using SysMaster.Linux;

namespace SysMaster.Program;

/// <summary>What system.conf and the kernel command line ask of the manager itself. Where both speak, the command line wins.</summary>
internal static unsafe class ManagerSwitches
{
    /// <summary>The switches that are nothing but a directive of system.conf by another name.</summary>
    public static List<(string Name, string Value)> Overrides(BootOptions options)
    {
        var list = new List<(string, string)>();
        Add(ManagerDirectives.DefaultTimeoutStartSec, options.DefaultTimeoutStart);
        Add(ManagerDirectives.DefaultDeviceTimeoutSec, options.DefaultDeviceTimeout);
        Add(ManagerDirectives.DefaultStandardOutput, options.DefaultStandardOutput);
        Add(ManagerDirectives.DefaultStandardError, options.DefaultStandardError);
        Add(ManagerDirectives.CPUAffinity, options.CpuAffinity);
        Add(ManagerDirectives.WatchdogDevice, options.WatchdogDevice);
        Add(ManagerDirectives.RuntimeWatchdogSec, options.Watchdog);
        Add(ManagerDirectives.RuntimeWatchdogPreSec, options.WatchdogPretimeout);
        Add(ManagerDirectives.RuntimeWatchdogPreGovernor, options.WatchdogPretimeoutGovernor);
        return list;

        void Add(Directive row, string? value)
        {
            if (value is not null) { list.Add((row.Name!, value)); }
        }
    }

    /// <summary>Log, console and this process. Words of the command line that make no sense are named once.</summary>
    public static void Apply(Manager manager, Facts facts, IJournalRelay relay)
    {
        SettingsBag set = manager.Settings;
        BootOptions options = facts.Options;
        LogOptions log = LogOptions(facts, set, relay);
        Log.Open(log);
        manager.Choices.TakeConfigured();
        foreach (string word in options.Refused) { Log.Warning($"The kernel command line has a value that is not understood, ignoring: {word}"); }
        foreach ((string word, string why) in options.Idle) { Log.Notice($"{word} on the kernel command line has no effect: {why}."); }
        foreach (ByteText variable in set.Get(ManagerDirectives.ManagerEnvironment)) { manager.OwnEnvironment.Add(variable); }
        if (options.ServiceWatchdogs is { } watched) { manager.Choices.ConfiguredServiceWatchdogs = watched; }
        if (set.IsSet(ManagerDirectives.TimerSlackNSec)) { _ = LibC.prctl(LibC.PR_SET_TIMERSLACK, (nint)set.Get(ManagerDirectives.TimerSlackNSec), 0, 0, 0); }
        CpuMask cpus = set.Get(ManagerDirectives.CPUAffinity);
        if (cpus.IsEmpty || cpus.FromNuma) { return; }
        Errno error = Sys.SetAffinity(cpus.Bits);
        if (error.Failed) { Log.Warning($"CPUAffinity= could not be put in force for the manager: {error.ToString()}"); }
    }

    public static LogOptions LogOptions(Facts facts, SettingsBag? set, IJournalRelay relay) => new()
    {
        MaxLevel = facts.Options.Debug ? LogLevel.Debug : facts.Options.LogLevel ?? set?.Get(ManagerDirectives.LogLevel) ?? LogLevel.Info,
        Target = facts.Options.LogTarget ?? (set is not null && set.IsSet(ManagerDirectives.LogTarget) ? set.Get(ManagerDirectives.LogTarget)
            : facts.InContainer ? LogTarget.Journal : LogTarget.JournalOrKmsg),
        ConsoleColors = facts.Options.LogColor ?? set?.Get(ManagerDirectives.LogColor) ?? true,
        RateLimitKmsg = facts.Options.LogRateLimitKmsg ?? true,
        UseKmsg = !facts.InContainer,
        Relay = relay,
    };

    public static StatusOptions StatusOptions(Facts facts, SettingsBag set) => new()
    {
        Show = facts.Options.ShowStatus ?? (set.IsSet(ManagerDirectives.ShowStatus) ? set.Get(ManagerDirectives.ShowStatus) : ShowStatus.Yes),
        Colors = facts.Variable("TERM") is not "dumb" && facts.Options.LogColor != false,
        UnitFormat = facts.Options.StatusUnitFormat
            ?? (set.IsSet(ManagerDirectives.StatusUnitFormat) ? set.Get(ManagerDirectives.StatusUnitFormat) : StatusUnitFormat.Combined),
    };
}
