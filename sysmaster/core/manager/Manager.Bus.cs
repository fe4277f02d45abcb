using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Core;

/// <summary>What only clients of the bus change of the manager.</summary>
public sealed partial class Manager
{
    public RuntimeChoices Choices => _choices ??= new RuntimeChoices(this);

    private RuntimeChoices? _choices;

    /// <summary>Of a user's manager: the system's is asked to move these into the unit's group; <see cref="Unit.OnAttached"/> tells. Null: nobody to ask.</summary>
    public Action<Unit, IReadOnlyList<int>>? AttachBySystem { get; set; }

    /// <summary>Whoever tells systemd-oomd hears that a unit came up, went down or has other settings. Null: nobody.</summary>
    public Action<Unit>? ManagedOomChanged { get; set; }

    /// <summary>Variables were set or unset: a later manager is to know.</summary>
    public void OnEnvironmentChanged() => MarkManagerDirty();

    /// <summary>Settings of a loaded unit change now: what of them the kernel knows is written at once.</summary>
    public void ApplySettings(Unit unit, SettingsBag changed)
    {
        SettingsBag settings = unit.Settings.Clone();
        settings.Overlay(changed);
        unit.Settings = settings;
        Loader.AddWrittenDependencies(unit, DepOrigin.Bus);
        if (unit.ActiveState.IsActiveOrReloading()) { _ = Cgroups.Realize(unit); }
        Cgroups.Update(unit);
        ManagedOomChanged?.Invoke(unit);
        unit.MarkDirty();
        unit.MarkChanged();
    }

    /// <summary>We have written drop-ins of the unit ourselves: they count as read.</summary>
    public void NoteDropIns(Unit unit, IReadOnlyCollection<ByteText> paths)
    {
        // Of a transient unit they go with it; another one is to find them when it is loaded again.
        _filesAreStale |= !unit.IsTransient && paths.Count != unit.DropInPaths.Length;
        unit.DropInPaths = [.. paths];
        unit.DropInMtime = Usec.Zero;
        foreach (ByteText path in paths)
        {
            Usec mtime = UnitFileLoad.Mtime(path);
            if (mtime > unit.DropInMtime) { unit.DropInMtime = mtime; }
        }
        unit.MarkChanged();
    }

    /// <summary>The unit is loaded anew from a file that was just written below the transient directory.</summary>
    public void MakeTransient(Unit unit, ByteText path)
    {
        unit.Flags |= UnitFlags.Transient;
        unit.LoadState = UnitLoadState.Stub;
        unit.LoadError = null;
        unit.Found = new UnitLookup
        {
            Outcome = LookupOutcome.Found,
            Id = unit.Id,
            Names = [unit.Id],
            FragmentPath = path,
            Role = SearchRole.Transient,
            FragmentMtimeUsec = (long)UnitFileLoad.Mtime(path).Value,
            DropIns = Files.DropInsOf([unit.Id]),
        };
        QueueLoad(unit);
        DispatchLoadQueue();
        unit.MarkDirty();
    }

    /// <summary>A file that we removed ourselves is no longer to be found.</summary>
    public void ForgetFile(UnitName name)
    {
        _filesAreStale |= Files.Contains(name);
    }

    private void TryAgain(Unit unit)
    {
        RefreshFiles();
        UnitLookup found = Files.Find(unit.Id);
        if (found.Outcome == LookupOutcome.NotFound || found.Id != unit.Id || _typeByKind[(int)unit.Id.Kind] is null) { return; }
        unit.Found = found;
        unit.LoadState = UnitLoadState.Stub;
        QueueLoad(unit);
    }

    private bool _filesAreStale;

    /// <summary>We have changed directories ourselves: they are looked at again before the next unit is looked up.</summary>
    private void RefreshFiles()
    {
        if (!_filesAreStale) { return; }
        _filesAreStale = false;
        Files = UnitFileCache.Build(_paths);
    }
}
