namespace SysMaster.UnitConverter.Formats.Sysv;

/// <summary>An argument as the script would pass it. Variables that a settings file has are between U+E000 and U+E001.</summary>
/// <param name="Splits">A lone variable outside of quotes: becomes as many arguments as it has words.</param>
internal readonly record struct ScriptField(string Text, bool Splits);

internal enum ScriptEffectKind { Launch, Command, Stop, Limit, UMask, Environment, Directory, EnvironmentFile, Condition }

/// <summary>Something that the script would do.</summary>
/// <param name="Name">The limit, the variable, the condition.</param>
/// <param name="Fields">Command and arguments, or the one value.</param>
/// <param name="IgnoreFailure">The script goes on when it fails.</param>
internal sealed record ScriptEffect(ScriptEffectKind Kind, int Line, string Name, IReadOnlyList<ScriptField> Fields, bool IgnoreFailure, DaemonStart? Daemon = null);

/// <summary>How a daemon is started or stopped: the options of start-stop-daemon(8), and of the functions that stand for it.</summary>
internal sealed class DaemonStart
{
    public ScriptField? Program { get; set; }

    public List<ScriptField> Arguments { get; } = [];

    public string? PidFile { get; set; }

    public bool MakesPidFile { get; set; }

    public string? User { get; set; }

    public string? Group { get; set; }

    public string? Nice { get; set; }

    public string? Directory { get; set; }

    public string? Root { get; set; }

    public string? UMask { get; set; }

    public string? IoScheduler { get; set; }

    public string? Scheduler { get; set; }

    public bool InBackground { get; set; }

    public bool Notifies { get; set; }

    public string? Signal { get; set; }

    public string? Retry { get; set; }

    public bool OnlyTests { get; set; }

    public bool OnlyStatus { get; set; }
}

/// <summary>What was found in a script; with a failure, nothing but the labels counts.</summary>
internal sealed class ScriptReading
{
    public (int Line, string Why)? Failure { get; set; }

    /// <summary>The actions that the script's own case has.</summary>
    public HashSet<string> Labels { get; } = [];

    public List<ScriptEffect> Start { get; } = [];

    public List<ScriptEffect> Stop { get; } = [];

    /// <summary>Null when there is no such action, or it is no signal.</summary>
    public ScriptEffect? Reload { get; set; }

    /// <summary>(line, what, why) of what the unit does not do, and of what was decided at conversion.</summary>
    public List<(bool IsChange, int Line, string What, string Why)> Notes { get; } = [];

    /// <summary>What the variables of settings files are now.</summary>
    public Dictionary<string, string?> Current { get; } = [];
}
