using SysMaster.Core.Directives;
using SysMaster.Core;
using SysMaster.Linux;
using SysMaster.UnitFiles.Install;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.DBus.Systemd1;

/// <summary>What is known of a unit's files beyond their content: enabled or not, by preset or not, changed since they were read. Kept until something may have changed them.</summary>
internal sealed class UnitFileFacts(Manager manager)
{
    private readonly Dictionary<Unit, string> _states = [];
    private readonly Dictionary<Unit, string> _presets = [];
    private Presets? _rules;

    /// <summary>For methods that work on files; null while no search path is known yet.</summary>
    public UnitFileInstaller? Installer => manager.Paths is { } paths ? new UnitFileInstaller(paths) : null;

    public string StateOf(Unit unit)
    {
        if (unit.FragmentPath.IsEmpty || Installer is not { } installer) { return ""; }
        if (_states.TryGetValue(unit, out string? known)) { return known; }
        return _states[unit] = installer.GetState(unit.Id.Text, out _)?.Word() ?? "bad";
    }

    public string PresetOf(Unit unit)
    {
        if (unit.FragmentPath.IsEmpty || manager.Paths is not { } paths) { return ""; }
        if (_presets.TryGetValue(unit, out string? known)) { return known; }
        _rules ??= Presets.Read(paths.Scope, paths.Tree);
        return _presets[unit] = _rules.Query(unit.Id).Action switch
        {
            PresetAction.Enable => "enabled",
            PresetAction.Disable => "disabled",
            _ => "ignored",
        };
    }

    /// <summary>NeedDaemonReload: the file, a drop-in, or their list is not as it was read.</summary>
    public bool IsStale(Unit unit)
    {
        if (unit.LoadState is UnitLoadState.Stub or UnitLoadState.Merged) { return false; }
        if (!unit.FragmentPath.IsEmpty && MtimeOf(unit.FragmentPath) is var mtime && mtime != unit.FragmentMtime && unit.LoadState != UnitLoadState.Masked) { return true; }
        if (unit.Settings.Get(UnitDirectives.SourcePath) is { IsEmpty: false } source && MtimeOf(source) == Usec.Zero) { return true; }
        Usec newest = Usec.Zero;
        foreach (ByteText path in unit.DropInPaths)
        {
            Usec at = MtimeOf(path);
            if (at == Usec.Zero) { return true; }
            if (at > newest) { newest = at; }
        }
        return newest != unit.DropInMtime;
    }

    public void Forget(Unit unit)
    {
        _states.Remove(unit);
        _presets.Remove(unit);
    }

    public void Forget()
    {
        _states.Clear();
        _presets.Clear();
        _rules = null;
    }

    private static Usec MtimeOf(ByteText path)
    {
        Result<FileStat> stat = Sys.Stat(path);
        return stat.Failed ? Usec.Zero : new Usec((ulong)Math.Max(stat.Value.MtimeUsec, 0));
    }
}
