using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>
/// RequiresMountsFor= and paths that imply it. Who needs a path comes after each mount unit on the way to it. A mount unit
/// that is not loaded yet is not made up: when one is loaded later it looks here for those that wait below it.
/// </summary>
internal sealed class MountRequirements(Manager manager)
{
    /// <param name="IsAsked">The path itself was asked for, not one below it.</param>
    private readonly record struct Need(Unit Unit, Dep Kinds, bool IsAsked);

    private readonly Dictionary<UnitName, List<Need>> _byMount = [];

    public static void Add(Unit unit, ByteText path, Dep kinds) => unit.Manager.MountRequirements.AddAll(unit, path, kinds);

    /// <summary>The paths that a unit requires or wants, whoever asked for them: written ones and those that other settings imply.</summary>
    public IEnumerable<ByteText> PathsOf(Unit unit, Dep kinds)
    {
        foreach ((UnitName mount, List<Need> needs) in _byMount)
        {
            if (needs.Exists(n => n.IsAsked && n.Unit == unit && n.Kinds == kinds) && mount.TryToPath(out ByteText path)) { yield return path; }
        }
    }

    /// <summary>A mount unit was loaded: those that need a path at or below it are told.</summary>
    public void OnMountLoaded(Unit mount)
    {
        if (!_byMount.TryGetValue(mount.Id, out List<Need>? waiting)) { return; }
        foreach (Need need in waiting)
        {
            if (need.Unit.IsLoaded && (need.Unit.Flags & UnitFlags.Removed) == 0 && need.Unit != mount) { Bind(need.Unit, mount, need.Kinds); }
        }
    }

    public void Forget() => _byMount.Clear();

    private void AddAll(Unit unit, ByteText path, Dep kinds)
    {
        ReadOnlySpan<byte> span = path.Span;
        for (int end = span.Length; end >= 0; end = end <= 1 ? -1 : Math.Max(span[..end].LastIndexOf((byte)'/'), 0))
        {
            UnitName name = UnitName.FromPath(end == 0 ? "/"u8 : span[..end], UnitKind.Mount);
            if (!name.IsValid) { continue; }
            if (!_byMount.TryGetValue(name, out List<Need>? waiting)) { _byMount[name] = waiting = []; }
            var need = new Need(unit, kinds, end == span.Length);
            waiting.Add(need);
            if (name == unit.Id) { continue; }
            Unit? mount = manager.Find(name);
            if (mount is null && manager.Files.Contains(name)) { mount = manager.GetOrAdd(name); }
            if (mount is { LoadState: UnitLoadState.Loaded }) { Bind(unit, mount, kinds); }
        }
    }

    private static void Bind(Unit unit, Unit mount, Dep kinds)
    {
        // Order always; need it only if somebody configured it, not if it is just there.
        Dep need = mount.FragmentPath.IsEmpty ? Dep.None : kinds;
        unit.AddDependency(Dep.After | need, mount, DepOrigin.Path);
    }
}
