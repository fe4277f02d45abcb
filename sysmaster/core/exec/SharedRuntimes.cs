using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>All that are in use, by the name of the unit that began each.</summary>
internal sealed class SharedRuntimes(Manager manager)
{
    private readonly Dictionary<string, SharedRuntime> _byOwner = new(StringComparer.Ordinal);

    /// <summary>The unit's own, or that of the first unit it joins which has one. systemd.unit(5), JoinsNamespaceOf=.</summary>
    public SharedRuntime Of(Unit unit)
    {
        if (unit.Runtime?.Shared is { } held) { return held; }
        foreach (Unit other in unit.Others(Dep.JoinsNamespaceOf))
        {
            if (_byOwner.ContainsKey(other.Id.Text)) { return Enter(unit, other.Id.Text); }
        }
        return Enter(unit, unit.Id.Text);
    }

    /// <summary>The unit holds the one of that name, which is made if there is none.</summary>
    public SharedRuntime Enter(Unit unit, string owner)
    {
        if (unit.Runtime?.Shared is { } held) { return held; }
        if (!_byOwner.TryGetValue(owner, out SharedRuntime? shared)) { _byOwner[owner] = shared = new SharedRuntime(manager, owner); }
        shared.Holders++;
        (unit.Runtime ??= new ExecRuntime()).Shared = shared;
        unit.MarkDirty();
        return shared;
    }

    public bool GiveBack(string owner, string rest, OwnedFd fd) => _byOwner.TryGetValue(owner, out SharedRuntime? shared) && shared.Take(rest, fd);

    /// <summary>PrivateTmp=: one pair of directories. Made here since their removal is ours.</summary>
    public Result<(ByteText Tmp, ByteText VarTmp)> TmpOf(Unit unit)
    {
        SharedRuntime shared = Of(unit);
        if (!shared.Tmp.IsEmpty) { return (shared.Tmp, shared.VarTmp); }
        string stem = $"systemd-private-{manager.Facts.BootId}-{unit.Id.Text.Replace('/', '-')}-";
        Result<ByteText> tmp = PrivateDirectory.Make("/tmp", stem);
        if (tmp.Failed) { return tmp.Error; }
        Result<ByteText> varTmp = PrivateDirectory.Make("/var/tmp", stem);
        if (varTmp.Failed)
        {
            manager.Helpers.RemoveTree(unit, Parent(tmp.Value));
            return varTmp.Error;
        }
        (shared.Tmp, shared.VarTmp) = (tmp.Value, varTmp.Value);
        foreach (Unit other in manager.Units)
        {
            if (other.Runtime?.Shared == shared) { other.MarkDirty(); }
        }
        return (shared.Tmp, shared.VarTmp);
    }

    /// <summary>The unit is down; what nobody else is in goes.</summary>
    public void Leave(Unit unit, SharedRuntime shared)
    {
        if (--shared.Holders > 0) { return; }
        _byOwner.Remove(shared.Owner);
        shared.Close();
        if (shared.Tmp.IsEmpty) { return; }
        manager.Helpers.RemoveTree(unit, Parent(shared.Tmp));
        manager.Helpers.RemoveTree(unit, Parent(shared.VarTmp));
    }

    private static ByteText Parent(ByteText path) => new(path.Span[..Math.Max(path.Span.LastIndexOf((byte)'/'), 1)]);
}
