using SysMaster.Core.Boot;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>What system.conf says for all units.</summary>
public sealed partial class Manager
{
    private static readonly (Directive<Rlimit> Row, int Resource)[] s_defaultLimits =
    [
        (ManagerDirectives.DefaultLimitCPU, 0), (ManagerDirectives.DefaultLimitFSIZE, 1), (ManagerDirectives.DefaultLimitDATA, 2),
        (ManagerDirectives.DefaultLimitSTACK, 3), (ManagerDirectives.DefaultLimitCORE, 4), (ManagerDirectives.DefaultLimitRSS, 5),
        (ManagerDirectives.DefaultLimitNPROC, 6), (ManagerDirectives.DefaultLimitNOFILE, 7), (ManagerDirectives.DefaultLimitMEMLOCK, 8),
        (ManagerDirectives.DefaultLimitAS, 9), (ManagerDirectives.DefaultLimitLOCKS, 10), (ManagerDirectives.DefaultLimitSIGPENDING, 11),
        (ManagerDirectives.DefaultLimitMSGQUEUE, 12), (ManagerDirectives.DefaultLimitNICE, 13), (ManagerDirectives.DefaultLimitRTPRIO, 14),
        (ManagerDirectives.DefaultLimitRTTIME, 15),
    ];

    /// <summary>A user's services go before the user's manager when memory is short: systemd-system.conf(5), DefaultOOMScoreAdjust=.</summary>
    private static int AboveOwnScore() => SmallFile.FirstLineOrNull("/proc/self/oom_score_adj") is { } text && int.TryParse(text, out int own)
        ? Math.Min(own + 100, 1000) : 0;

    /// <summary>What PAM gave the user: UMask= of a user's units when they say none. Reading it means setting it.</summary>
    private static uint OwnUmask
    {
        get
        {
            uint own = LibC.umask(0x12);
            _ = LibC.umask(own);
            return own;
        }
    }

    /// <summary>Reads system.conf (user.conf) and puts what it says in force for units loaded from now on.</summary>
    /// <param name="limits">What services get where nothing is said; null: what we have ourselves.</param>
    /// <param name="overrides">Directives that the kernel command line sets: they win over the files.</param>
    public void ReadConfiguration(ResourceLimits? limits, IReadOnlyList<(string Name, string Value)>? overrides = null)
    {
        Settings = new ManagerConfig(Specifiers).Read(IsSystem ? "system.conf" : "user.conf", IsSystem ? null : $"{Options.ConfigHome}/systemd", overrides ?? []);
        if (!IsSystem && !Settings.IsSet(ManagerDirectives.DefaultOOMScoreAdjust)) { Settings.Set(ManagerDirectives.DefaultOOMScoreAdjust, AboveOwnScore(), Origin.Implied); }
        if (limits is not null)
        {
            _defaultLimits[7] = new ExecLimit(7, limits.ServiceNofile.Soft, limits.ServiceNofile.Hard);
            _defaultLimits[8] = new ExecLimit(8, limits.ServiceMemlock.Soft, limits.ServiceMemlock.Hard);
        }
        foreach ((Directive<Rlimit> row, int resource) in s_defaultLimits)
        {
            if (!Settings.IsSet(row)) { continue; }
            Rlimit set = Settings.Get(row);
            _defaultLimits[resource] = new ExecLimit(resource, set.Soft, set.Hard);
        }
        if (Settings.IsSet(ManagerDirectives.DefaultStandardOutput)) { DefaultOutput = Settings.Get(ManagerDirectives.DefaultStandardOutput); }
        if (Settings.IsSet(ManagerDirectives.DefaultStandardError)) { DefaultError = Settings.Get(ManagerDirectives.DefaultStandardError); }
        foreach (ByteText variable in Settings.Get(ManagerDirectives.DefaultEnvironment)) { SetBaseVariable(variable); }
        foreach (UnitType type in Types)
        {
            var bag = new SettingsBag();
            type.ApplyDefaults?.Invoke(Settings, bag);
            if (type.Has(UnitCaps.HasExec) && Settings.IsSet(ManagerDirectives.CPUAffinity)) { bag.Set(ExecDirectives.CPUAffinity, Settings.Get(ManagerDirectives.CPUAffinity), Origin.Implied); }
            if (Settings.IsSet(ManagerDirectives.DefaultStartLimitIntervalSec)) { bag.Set(UnitDirectives.StartLimitIntervalSec, Settings.Get(ManagerDirectives.DefaultStartLimitIntervalSec), Origin.Implied); }
            if (Settings.IsSet(ManagerDirectives.DefaultStartLimitBurst)) { bag.Set(UnitDirectives.StartLimitBurst, Settings.Get(ManagerDirectives.DefaultStartLimitBurst), Origin.Implied); }
            if (type.Has(UnitCaps.HasExec) && Settings.IsSet(ManagerDirectives.DefaultOOMScoreAdjust)) { bag.Set(ExecDirectives.OOMScoreAdjust, Settings.Get(ManagerDirectives.DefaultOOMScoreAdjust), Origin.Implied); }
            if (type.Has(UnitCaps.HasExec) && !IsSystem) { bag.Set(ExecDirectives.UMask, OwnUmask, Origin.Implied); }
            // A user's services start in the home directory, if it is there.
            if (type.Has(UnitCaps.HasExec) && !IsSystem) { bag.Set(ExecDirectives.WorkingDirectory, new WorkDir(new ByteText(Options.Home), MayBeMissing: true), Origin.Implied); }
            if (bag.Count > 0) { _defaults[type.Kind] = bag; }
        }
    }
}
