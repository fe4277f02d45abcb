using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Core;

/// <summary>
/// From files to a loaded unit: fragment, drop-ins in order, links beside it, then the type's own part. A bad line is a warning with
/// file and line; only a setting without which the unit would be something else makes it bad-setting.
/// </summary>
internal static partial class Loader
{
    public static void Load(Unit unit)
    {
        Manager manager = unit.Manager;
        UnitLookup found = unit.Found ?? manager.Files.Find(unit.Id);
        unit.Found = null;
        foreach (UnitName name in found.Names)
        {
            if (name != unit.Id) { manager.AddAlias(unit, name); }
        }
        unit.FragmentPath = found.FragmentPath;
        unit.FragmentMtime = new Usec((ulong)Math.Max(found.FragmentMtimeUsec, 0));
        unit.LoadError = null;
        unit.Flags &= ~UnitFlags.Completed;
        // What a client made is known by its record; where that is lost, by where its file lies.
        if (found.IsTransient && (manager.LogWasLost || manager.IsAdopting)) { unit.Flags |= UnitFlags.Transient; }
        if (unit is AbsentUnit)
        {
            unit.LoadState = UnitLoadState.NotFound;
            unit.LoadError = new BusError(BusError.NoSuchUnit, $"Unit {unit.Id} is of a type that this build does not have.");
            return;
        }
        var bag = new SettingsBag(manager.DefaultsFor(unit.Type));
        if (!unit.MayHaveFile)
        {
            unit.FragmentPath = default;
            unit.FragmentMtime = Usec.Zero;
            unit.DropInPaths = [];
            unit.Settings = bag;
            NotFound(unit);
            return;
        }
        var reader = new UnitFileLoad(unit, bag);
        if (found.Outcome == LookupOutcome.Masked)
        {
            unit.LoadState = UnitLoadState.Masked;
            unit.LoadError = new BusError(BusError.UnitMasked, $"Unit {unit.Id} is masked.");
            unit.Settings = bag;
            unit.MarkChanged();
            return;
        }
        Errno error = found.Outcome == LookupOutcome.Error ? found.Error : Errno.None;
        if (found.Outcome == LookupOutcome.Found) { error = reader.ReadFragment(found.FragmentPath); }
        // There is nothing that they could be dropped into.
        IReadOnlyList<ByteText> dropIns = found.Outcome == LookupOutcome.NotFound && !unit.LoadsWithoutFile ? [] : found.DropIns;
        unit.DropInPaths = [.. dropIns];
        unit.DropInMtime = Usec.Zero;
        foreach (ByteText dropIn in dropIns)
        {
            reader.ReadDropIn(dropIn);
            Usec mtime = UnitFileLoad.Mtime(dropIn);
            if (mtime > unit.DropInMtime) { unit.DropInMtime = mtime; }
        }
        reader.ReportIdle();
        bag.Trim();
        unit.Settings = bag;
        if (error.Failed)
        {
            AddWrittenDependencies(unit);   // what was read before the fault
            if (unit.IsImpliedWhenBad && found.Outcome == LookupOutcome.Found) 
            {
                Imply(unit);
                unit.RemoveDependencies(DepOrigin.Path);   // it will use no path
            }
            Refuse(unit, error);
            if (error != Errno.EINVAL && error != Errno.EBADMSG) { Log.Warning(unit, $"Failed to load configuration: {error.ToString()}"); }   // those named their line
            return;
        }
        if (found.Outcome == LookupOutcome.NotFound && !unit.LoadsWithoutFile)
        {
            NotFound(unit);
            if (!found.DanglingPath.IsEmpty) { Log.Notice(unit, $"Failed to open {found.DanglingPath.ToString()}: {Errno.ENOENT.ToString()}"); }
            return;
        }
        unit.LoadState = UnitLoadState.Loaded;
        Finish(unit, reader, found);
    }

    private static void NotFound(Unit unit)
    {
        unit.LoadState = UnitLoadState.NotFound;
        unit.LoadError = new BusError(BusError.NoSuchUnit, $"Unit {unit.Id} not found.");
        unit.MarkChanged();
    }

    /// <summary>Isolating two units one after the other would end the first.</summary>
    private static string? TooManyToIsolate(Unit unit)
        => TooManyToIsolate(unit, Dep.OnFailure, unit.Get(UnitDirectives.OnFailureJobMode)) ?? TooManyToIsolate(unit, Dep.OnSuccess, unit.Get(UnitDirectives.OnSuccessJobMode));

    private static string? TooManyToIsolate(Unit unit, Dep kind, JobMode mode)
    {
        if (mode != JobMode.Isolate) { return null; }
        int count = 0;
        foreach (Unit _ in unit.Others(kind)) { count++; }
        return count > 1 ? $"More than one {Deps.Name(kind)}= dependencies specified but {Deps.Name(kind)}JobMode=isolate set." : null;
    }

    private static void Refuse(Unit unit, Errno error)
    {
        unit.LoadState = UnitLoadState.Error;
        unit.LoadError = new BusError(BusError.NameOf(error),
            $"Unit {unit.Id} failed to load properly, please adjust/correct and reload service manager: {error.ToString()}");
        unit.MarkChanged();
    }

    /// <summary>What the settings and the type imply of other settings and of dependencies.</summary>
    /// <returns>Null, or why the unit cannot be used.</returns>
    private static string? Imply(Unit unit)
    {
        if (unit.Type.Has(UnitCaps.HasExec)) { ExecImplied.Apply(unit); }
        unit.Flags |= UnitFlags.Completed;
        string? refusal = unit.OnLoad();
        SetSlice(unit);
        return refusal;
    }

    private static void Finish(Unit unit, UnitFileLoad reader, UnitLookup found)
    {
        AddWrittenDependencies(unit);
        AddLinks(unit, found);
        string? refusal = reader.IsFatal && !unit.IsImpliedWhenBad ? "" : Imply(unit);
        if (reader.IsFatal) { refusal = ""; }
        if (unit.LoadFailure.Failed)
        {
            Refuse(unit, unit.LoadFailure);
            unit.LoadFailure = Errno.None;
            return;
        }
        if (refusal is not null)
        {
            unit.LoadState = UnitLoadState.BadSetting;
            unit.LoadError = new BusError(BusError.BadUnitSetting, $"Unit {unit.Id} has a bad unit file setting.");
            if (refusal.Length > 0) { Log.Error(unit, $"{refusal} Refusing."); }
            unit.RemoveDependencies(DepOrigin.Path);   // it will use no path
            unit.MarkChanged();
            return;
        }
        AddMountDependencies(unit);
        AddSliceDependencies(unit);
        if (TooManyToIsolate(unit) is { } contradiction)
        {
            unit.LoadState = UnitLoadState.BadSetting;
            unit.LoadError = new BusError(BusError.BadUnitSetting, $"Unit {unit.Id} has a bad unit file setting.");
            Log.Error(unit, $"{contradiction} Refusing.");
        }
        foreach (Unit other in new List<Unit>(unit.Others(Dep.WantedInAnyWay))) { unit.Manager.QueueTargetDependencies(other); }
        AddTargetDependencies(unit, Dep.DefaultTargetDependencies | Dep.PartOf);
        if (unit.Get(UnitDirectives.StopWhenUnneeded)) { unit.Manager.QueueStopWhenUnneeded(unit); }
        unit.MarkChanged();
    }
}
