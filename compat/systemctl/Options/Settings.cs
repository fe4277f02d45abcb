using SysMaster.UnitFiles.Install;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Systemctl;

/// <summary>What the command line asked for, beside the verb and its operands. Defaults are systemctl's.</summary>
internal sealed class Settings
{
    public SearchScope Scope { get; set; } = SearchScope.System;

    public Transport Transport { get; set; }

    /// <summary>[user@]host, or container.</summary>
    public string Host { get; set; } = "";

    /// <summary>Unit types of --type; empty is all.</summary>
    public List<string> Types { get; } = [];

    /// <summary>Load, active and sub states of --state and --type.</summary>
    public List<string> States { get; } = [];

    /// <summary>null: all; else those of -p and -P, in order.</summary>
    public List<string>? Properties { get; set; }

    public bool All { get; set; }

    /// <summary>Properties without a value too: --all, or asked for by name.</summary>
    public bool ShowEmpty => All || Properties is not null;

    public bool Full { get; set; }

    public bool Quiet { get; set; }

    public bool Plain { get; set; }

    public bool NoLegend { get; set; }

    public bool NoPager { get; set; }

    public bool OnlyValues { get; set; }

    public bool ShowTypes { get; set; }

    public bool Recursive { get; set; }

    public bool WithDependencies { get; set; }

    public DependencyDirection Dependency { get; set; }

    public JobOrder Jobs { get; set; }

    public string? JobMode { get; set; }

    public bool ShowTransaction { get; set; }

    public bool NoBlock { get; set; }

    public bool Wait { get; set; }

    public bool Now { get; set; }

    public bool Runtime { get; set; }

    public bool NoReload { get; set; }

    public bool NoWall { get; set; }

    public bool NoWtmp { get; set; }

    public bool NoSync { get; set; }

    public bool DryRun { get; set; }

    /// <summary>How often -f was given; twice skips the manager.</summary>
    public int Force { get; set; }

    /// <summary>--drop-in=: the drop-in that edit is about.</summary>
    public string DropIn { get; set; } = "override.conf";

    /// <summary>--stdin: edit takes the new text from there, and asks nobody.</summary>
    public bool Stdin { get; set; }

    public bool? CheckInhibitors { get; set; }

    public bool AskPassword { get; set; } = true;

    public string Root { get; set; } = "";

    public string Image { get; set; } = "";

    public string KillWhom { get; set; } = "";

    public int Signal { get; set; } = 15;

    /// <summary>--kill-value=: goes with a realtime signal, sigqueue(3). Null: none.</summary>
    public int? KillValue { get; set; }

    /// <summary>--when=: CLOCK_REALTIME, microseconds. Null: now.</summary>
    public ulong? When { get; set; }

    /// <summary>--when=show or cancel: what is asked of the end that was scheduled before.</summary>
    public ScheduleQuestion Scheduled { get; set; }

    /// <summary>--no-warn: no advice to people.</summary>
    public bool NoWarn { get; set; }

    public int Lines { get; set; } = 10;

    public string Output { get; set; } = "short";

    public PresetMode PresetMode { get; set; }

    public bool FirmwareSetup { get; set; }

    /// <summary>Microseconds; null: not asked for.</summary>
    public ulong? BootLoaderMenu { get; set; }

    public string? BootLoaderEntry { get; set; }

    public string Message { get; set; } = "";

    public List<string> What { get; } = [];

    public string? RebootArgument { get; set; }

    public TimestampStyle Timestamp { get; set; }

    public bool ReadOnly { get; set; }

    public bool Mkdir { get; set; }

    public bool Marked { get; set; }

    public bool IsUser => Scope != SearchScope.System;

    /// <summary>" --user" where a command line is suggested.</summary>
    public string UserWord => Scope == SearchScope.System ? "" : " --user";

    /// <summary>Works on files, with no manager.</summary>
    public bool IsOffline => Root.Length > 0 || Image.Length > 0 || Scope == SearchScope.Global;

    public bool IsJson => Output is "json" or "json-pretty" or "json-sse" or "json-seq";

    public string JobModeOrReplace => JobMode ?? "replace";
}

internal enum ScheduleQuestion
{
    None,
    Show,
    Cancel,
}

internal enum Transport
{
    Local,
    Remote,
    Machine,
}

internal enum DependencyDirection
{
    Forward,
    Reverse,
    After,
    Before,
}

internal enum JobOrder
{
    None = 0,
    After = 1,
    Before = 2,
}

internal enum TimestampStyle
{
    Pretty,
    Unix,
    Us,
    Utc,
    UsUtc,
}
