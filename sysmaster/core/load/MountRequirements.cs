using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>
/// RequiresMountsFor= and paths that imply it. Who needs a path comes after each mount unit on the way to it. A mount unit
/// that is not loaded yet is not made up: when one is loaded later it looks here for those that wait below it.
/// </summary>
internal sealed class MountRequirements(Manager manager)
{
    private readonly Dictionary<UnitName, List<(Unit Unit, Dep Kinds, DepOrigin Origin)>> _byMount = [];

    public static void Add(Unit unit, ByteText path, Dep kinds, DepOrigin origin) => unit.Manager.MountRequirements.AddAll(unit, path, kinds, origin);

    /// <summary>A mount unit was loaded: those that need a path at or below it are told.</summary>
    public void OnMountLoaded(Unit mount)
    {
        if (!_byMount.TryGetValue(mount.Id, out List<(Unit, Dep, DepOrigin)>? waiting)) { return; }
        foreach ((Unit unit, Dep kinds, DepOrigin origin) in waiting)
        {
            if ((unit.Flags & UnitFlags.Removed) == 0) { Bind(unit, mount, kinds, origin); }
        }
    }

    public void Forget() => _byMount.Clear();

    private void AddAll(Unit unit, ByteText path, Dep kinds, DepOrigin origin)
    {
        ReadOnlySpan<byte> span = path.Span;
        for (int end = span.Length; end >= 0; end = end <= 1 ? -1 : Math.Max(span[..end].LastIndexOf((byte)'/'), 0))
        {
            UnitName name = UnitName.FromPath(end == 0 ? "/"u8 : span[..end], UnitKind.Mount);
            if (!name.IsValid || name == unit.Id) { continue; }
            if (!_byMount.TryGetValue(name, out List<(Unit, Dep, DepOrigin)>? waiting)) { _byMount[name] = waiting = []; }
            waiting.Add((unit, kinds, origin));
            Unit? mount = manager.Find(name);
            if (mount is null && manager.Files.Contains(name)) { mount = manager.GetOrAdd(name); }
            if (mount is { LoadState: UnitLoadState.Loaded }) { Bind(unit, mount, kinds, origin); }
        }
    }

    private static void Bind(Unit unit, Unit mount, Dep kinds, DepOrigin origin)
    {
        _ = origin;
        // Order always; need it only if somebody configured it, not if it is just there.
        Dep need = mount.FragmentPath.IsEmpty ? Dep.None : kinds;
        unit.AddDependency(Dep.After | need, mount, DepOrigin.Path);
    }
}
