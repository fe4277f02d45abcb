using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>
/// StartTransientUnit: a unit made of properties alone. It is written as a unit file below /run, so that a reload or a later manager
/// reads it like any other, and removed with the unit. systemd-run(1).
/// </summary>
internal static class TransientUnits
{
    private const string Header = "# This is a transient unit file, created programmatically via the systemd API. Do not edit.\n";

    private sealed record Plan(UnitName Name, PropertyReader Properties);

    public static void Start(BusFront front, MethodCall call)
    {
        var plans = new List<Plan>(1);
        try { Start(front, call, plans); }
        finally { plans.ForEach(static plan => plan.Properties.Dispose()); }
    }

    private static void Start(BusFront front, MethodCall call, List<Plan> plans)
    {
        MessageReader reader = call.Reader;
        string name = reader.ReadText(), modeWord = reader.ReadText();
        if (JobTypes.ParseMode(modeWord) is not { } mode)
        {
            call.Error(BusErrors.InvalidArgs, $"Job mode {modeWord} is invalid.");
            return;
        }
        BusError? error = ReadPlan(front, name, ref reader, plans);
        if (error is null)
        {
            ArrayToken aux = reader.BeginArray(8);
            while (error is null && reader.HasNext(aux))
            {
                reader.BeginStruct();
                error = ReadPlan(front, reader.ReadText(), ref reader, plans);
            }
        }
        Unit? unit = null;
        for (int i = plans.Count - 1; i >= 0 && error is null; i--) { error = Make(front, plans[i], call, out unit); }
        Job? job = null;
        error ??= JobRequests.Queue(front, unit!, call, JobType.Start, false, mode, out job, null);
        if (error is not null)
        {
            foreach (Plan plan in plans) { front.Manager.Find(plan.Name)?.MarkForCollection(); }   // with it goes what the client gave
            call.Error(error.Name, error.Message);
            return;
        }
        front.Announcer.Announce(unit!, job);
        call.BeginReply().WriteObjectPath(Paths.Of(job));
    }

    /// <summary>The unit is forgotten: its file goes too.</summary>
    public static void Remove(Unit unit)
    {
        if (!unit.IsTransient || unit.Manager.Paths is not { } paths) { return; }
        string directory = $"{paths.Transient}/{unit.Id}.d";
        foreach (ByteText path in unit.DropInPaths)
        {
            if (path.ToString().StartsWith(directory + "/", StringComparison.Ordinal)) { _ = Sys.Unlink(path); }
        }
        _ = Sys.Unlink(new ByteText(directory), LibC.AT_REMOVEDIR);
        _ = Sys.Unlink(new ByteText($"{paths.Transient}/{unit.Id}"));
        unit.Manager.ForgetFile(unit.Id);
    }

    /// <summary>
    /// Files of units whose making was not committed: the call that made them is dispatched anew, and must find nothing. To be called when
    /// the records are read, and nothing else is loaded.
    /// </summary>
    public static void RemoveOrphans(Manager manager)
    {
        if (manager.Paths is not { } paths) { return; }
        Result<DirectoryReader> opened = Sys.OpenDirectory(paths.Transient);
        if (opened.Failed) { return; }
        using DirectoryReader directory = opened.Value;
        foreach (DirectoryEntry entry in directory)
        {
            if (!UnitName.TryParse(entry.Name, out UnitName name))
            {
                var other = new ByteText(entry.Name);
                if (SafeFile.IsUnfinished(other)) { _ = Sys.Unlink(new ByteText($"{paths.Transient}/{other}")); }
                continue;
            }
            if (manager.Find(name) is { } unit && (unit.Flags & UnitFlags.Announced) != 0) { continue; }
            Log.Debug($"The transient unit {name} was not finished by the last manager, removing its file.");
            _ = Sys.Unlink(new ByteText($"{paths.Transient}/{name}"));
            manager.ForgetFile(name);
        }
    }

    private static BusError? ReadPlan(BusFront front, string text, ref MessageReader reader, List<Plan> plans)
    {
        UnitName name = UnitName.Parse(text);
        if (!name.IsValid || front.Manager.TypeOf(name.Kind) is not { } type) { return new BusError(BusErrors.InvalidArgs, "Invalid unit name or type."); }
        if (name.IsTemplate) { return new BusError(BusErrors.InvalidArgs, $"Unit name {name} is missing the instance name."); }
        if (!type.Has(UnitCaps.CanTransient)) { return new BusError(BusErrors.InvalidArgs, $"Unit type {name.Kind.Word()} does not support transient units."); }
        // What cannot be made is refused whatever is to be set of it.
        if (UnitFinder.Load(front, name, out BusError? refused) is not { } known) { return refused; }
        known.MarkForCollection();
        if (!IsPristine(known)) { return new BusError(BusErrorNames.UnitExists, $"Unit {name} was already loaded or has a fragment file."); }
        var plan = new Plan(name, new PropertyReader(front.Manager, type, name, live: null, markers: UnitMarkers.None));
        plans.Add(plan);
        if (plan.Properties.Read(ref reader) is { } error) { return error; }
        if (name.Kind == UnitKind.Scope && plan.Properties.Pids is null or { Count: 0 })
        {
            Log.Error(known, $"Scope has no PIDs. Refusing.");
            return new BusError(BusError.FileNotFound, $"Unit {name} failed to load properly, please adjust/correct and reload service manager: No such file or directory");
        }
        return null;
    }

    private static BusError? Make(BusFront front, Plan plan, MethodCall call, out Unit? unit)
    {
        Manager manager = front.Manager;
        unit = UnitFinder.Load(front, plan.Name, out BusError? error);
        if (unit is null) { return error; }
        if (!IsPristine(unit)) { return new BusError(BusErrorNames.UnitExists, $"Unit {plan.Name} was already loaded or has a fragment file."); }
        var path = new ByteText($"{manager.Paths.Transient}/{plan.Name}");
        Errno failed = Write(unit.Type.Directives, plan.Properties.Written, manager.Paths.Transient, path);
        if (failed.Failed)
        {
            Log.Warning(unit, $"Failed to write {path}: {failed}");
            return new BusError(BusErrors.Failed, $"Failed to write the unit file of {plan.Name}: {failed}");
        }
        manager.MakeTransient(unit, path);
        if (unit.LoadState != UnitLoadState.Loaded)
        {
            error = unit.LoadError ?? new BusError(BusError.LoadFailed, $"Unit {plan.Name} could not be loaded.");
            unit.MarkForCollection();
            return error;
        }
        if (plan.Properties.Markers is { } markers) { unit.Markers = markers; }
        unit.GiveStdio(plan.Properties.GiveStdio());
        if (plan.Properties.Pids is { } pids)
        {
            for (int i = 0; i < pids.Count; i++)
            {
                if (pids[i] == 0) { pids[i] = front.PidOf(call); }
            }
            error = unit.TakeProcesses(pids, plan.Properties.Controller);
            if (error is not null) { return error; }
        }
        if (plan.Properties.AddRef) { front.Clients.Ref(unit, call); }
        return null;
    }

    /// <summary>Nobody has said anything of it yet: only then a client may.</summary>
    private static bool IsPristine(Unit unit) => unit.LoadState is UnitLoadState.NotFound or UnitLoadState.Loaded or UnitLoadState.Error && !unit.IsTransient
        && (unit.FragmentPath.IsEmpty || !Sys.Exists(unit.FragmentPath)) && unit.DropInPaths.Length == 0 && unit.Job is null && !unit.IsPerpetual
        && unit.ActiveState.IsInactiveOrFailed();

    private static Errno Write(DirectiveSet set, List<WrittenSetting> settings, ByteText directory, ByteText path)
    {
        Errno error = Sys.MkdirAll(directory, 0x1ED);
        if (error.Failed && error != Errno.EEXIST) { return error; }
        var text = new ByteBuilder(stackalloc byte[2048]);
        try
        {
            text.AppendAscii(Header);
            string last = "";
            foreach (WrittenSetting setting in settings)
            {
                string section = setting.SectionIn(set);
                if (section != last)
                {
                    if (last.Length > 0) { text.Append("\n"u8); }
                    text.AppendAscii($"[{section}]\n");
                    last = section;
                }
                text.Append(setting.Lines.Span);
            }
            return SafeFile.Replace(path, text.Written);
        }
        finally { text.Dispose(); }
    }
}
