using SysMaster.UnitConverter.Formats.Shell;

namespace SysMaster.UnitConverter.Formats.Sysv;

/// <summary>What is known at one place of a script. A branch is tried on a copy.</summary>
internal sealed class ScriptState
{
    /// <summary>Null: has a value that only a run would know.</summary>
    public Dictionary<string, string?> Variables { get; private init; } = [];

    public Dictionary<string, ShellNode> Functions { get; private init; } = [];

    public List<ScriptEffect> Effects { get; private init; } = [];

    public List<(bool IsChange, int Line, string What, string Why)> Notes { get; private init; } = [];

    /// <summary>$1 and on, of the script or of the function being run.</summary>
    public IReadOnlyList<string?> Arguments { get; set; } = [];

    /// <summary>Of the last command; null when only a run would know.</summary>
    public int? Status { get; set; } = 0;

    /// <summary>A settings file was named that is not there: what is not set may come from it.</summary>
    public bool HasOpenFile { get; set; }

    /// <summary>Functions come from a file that was not read.</summary>
    public bool HasForeignFunctions { get; set; }

    /// <summary>"set -e".</summary>
    public bool StopsOnFailure { get; set; }

    public ScriptState Copy() => new()
    {
        Variables = new(Variables),
        Functions = new(Functions),
        Effects = [.. Effects],
        Notes = [.. Notes],
        Arguments = Arguments,
        Status = Status,
        HasOpenFile = HasOpenFile,
        HasForeignFunctions = HasForeignFunctions,
        StopsOnFailure = StopsOnFailure,
    };

    public bool HasLaunched => Effects.Exists(e => e.Kind is ScriptEffectKind.Launch or ScriptEffectKind.Stop);
}
