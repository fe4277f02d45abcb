using System.Buffers.Text;
using SysMaster.Core;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>Methods of the manager about one unit.</summary>
internal static class UnitMethods
{
    public static void GetUnit(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        if (Named(f, call, reader.ReadText(), load: false) is { } unit) { AnswerPath(call, unit); }
    }

    public static void LoadUnit(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        if (Named(f, call, reader.ReadText(), load: true) is { } unit) { AnswerPath(call, unit); }
    }

    public static void GetUnitByPid(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        var pid = (int)reader.ReadUInt32();
        if (pid == 0)
        {
            if (!f.Authority.EnsurePeer(call)) { return; }
            pid = f.PidOf(call);
        }
        if (f.Manager.UnitOfPid(pid) is { } unit) { AnswerPath(call, unit); }
        else { call.Error(BusErrorNames.NoUnitForPid, $"PID {pid} does not belong to any loaded unit."); }
    }

    public static void GetUnitByPidfd(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        int pid = PidOfPidfd(reader.ReadUnixFd());
        if (pid <= 0 || f.Manager.UnitOfPid(pid) is not { } unit)
        {
            call.Error(BusErrorNames.NoUnitForPid, pid <= 0 ? "The descriptor is no pidfd of a process here." : $"PID {pid} does not belong to any loaded unit.");
            return;
        }
        Span<byte> id = stackalloc byte[16];
        unit.InvocationId.WriteTo(id);
        MessageWriter w = call.BeginReply();
        Paths.Write(w, unit);
        w.WriteString(unit.Id.Text);
        w.WriteBytes(unit.InvocationId.IsNull ? default : id);
    }

    public static void GetUnitByInvocationId(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        ReadOnlySpan<byte> bytes = reader.ReadBytes();
        if (bytes.Length is not (0 or 16))
        {
            call.Error(BusErrors.InvalidArgs, "Invalid invocation ID");
            return;
        }
        InvocationId id = bytes.Length == 0 ? default : InvocationId.FromBytes(bytes);
        Unit? unit;
        if (id.IsNull)
        {
            if (!f.Authority.EnsurePeer(call)) { return; }
            unit = f.Manager.UnitOfPid(f.PidOf(call));
            if (unit is null)
            {
                call.Error(BusError.NoSuchUnit, $"Client {f.PidOf(call)} not member of any unit.");
                return;
            }
        }
        else { unit = UnitFinder.ByInvocation(f, id); }
        // The object that is this run of the unit, and no other.
        if (unit is not null) { call.BeginReply().WriteObjectPath(BusPath.OfInvocation(unit.InvocationId.ToString())); }
        else { call.Error(BusErrorNames.NoUnitForInvocationId, $"No unit with the specified invocation ID {id} known."); }
    }

    public static void GetUnitByControlGroup(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        string path = reader.ReadText();
        if (!path.StartsWith('/')) { call.Error(BusErrors.InvalidArgs, $"Control group path is not absolute: {path}"); }
        else if (f.Manager.Cgroups.UnitOfPath(path) is { } unit) { AnswerPath(call, unit); }
        else { call.Error(BusError.NoSuchUnit, $"Control group '{path}' is not valid or not managed by this instance"); }
    }

    public static void Queue(BusFront f, MethodCall call, JobType type, bool reloadIfPossible)
    {
        MessageReader reader = call.Reader;
        if (Other(f, call, reader.ReadText(), load: true) is { } unit) { JobRequests.Answer(f, unit, call, type, reloadIfPossible, reader.ReadText()); }
    }

    /// <summary>No flag is defined.</summary>
    public static void StartWithFlags(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        _ = reader.ReadText();
        _ = reader.ReadText();
        ulong flags = reader.ReadUInt64();
        if (flags != 0) { call.Error(BusErrors.InvalidArgs, $"Invalid 'flags' parameter '{flags}'"); }
        else { Queue(f, call, JobType.Start, reloadIfPossible: false); }
    }

    public static void StartUnitReplace(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        string old = reader.ReadText();
        if (Other(f, call, old, load: false) is not { } replaced) { return; }
        if (replaced.Job is not { Type: JobType.Start })
        {
            call.Error(BusError.NoSuchJob, $"No job queued for unit {old}");
            return;
        }
        if (Other(f, call, reader.ReadText(), load: true) is { } unit) { JobRequests.Answer(f, unit, call, JobType.Start, false, reader.ReadText()); }
    }

    public static void EnqueueUnitJob(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        if (Other(f, call, reader.ReadText(), load: true) is { } unit) { JobRequests.Enqueue(f, unit, call, reader); }
    }

    public static void KillUnit(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        if (Named(f, call, reader.ReadText(), load: false) is { } unit) { UnitKill.Run(unit, call, reader); }
    }

    public static void QueueSignalUnit(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        if (Named(f, call, reader.ReadText(), load: false) is { } unit) { UnitKill.RunWithValue(unit, call, reader); }
    }

    public static void DumpFileDescriptorStore(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        if (Named(f, call, reader.ReadText(), load: false) is { } unit) { DescriptorStore.Dump(unit, call); }
    }

    /// <summary>Only the whole unit can be meant here: a subgroup is refused.</summary>
    public static void KillUnitSubgroup(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        if (Named(f, call, reader.ReadText(), load: false) is not { } unit) { return; }
        string whom = reader.ReadText(), subgroup = reader.ReadText();
        int signal = reader.ReadInt32();
        if (subgroup.Length > 0) { call.Error(BusErrors.NotSupported, "Killing by subgroup is not supported."); }
        else { UnitKill.Run(unit, call, whom, signal); }
    }

    public static void CleanUnit(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        if (Named(f, call, reader.ReadText(), load: true, well: true) is { } unit) { UnitClean.Run(unit, call, reader); }
    }

    public static void Freeze(BusFront f, MethodCall call, bool freeze)
    {
        MessageReader reader = call.Reader;
        if (Named(f, call, reader.ReadText(), load: false) is { } unit) { UnitFreezer.Run(unit, call, freeze); }
    }

    public static void ResetFailedUnit(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        if (Named(f, call, reader.ReadText(), load: false) is { } unit) { unit.ResetFailed(); }
    }

    public static void ResetFailed(BusFront f, MethodCall call)
    {
        foreach (Unit unit in new List<Unit>(f.Manager.Units)) { unit.ResetFailed(); }
    }

    public static void SetUnitProperties(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        if (Named(f, call, reader.ReadText(), load: true) is { } unit) { UnitSettings.Set(f, unit, call, reader); }
    }

    public static void Mount(BusFront f, MethodCall call, bool image)
    {
        MessageReader reader = call.Reader;
        if (Named(f, call, reader.ReadText(), load: false) is { } unit) { ServiceMounts.Run(unit, call, reader, image); }
    }

    public static void RefUnit(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        if (Named(f, call, reader.ReadText(), load: true, well: true) is { } unit) { f.Clients.Ref(unit, call); }
    }

    public static void UnrefUnit(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        if (Named(f, call, reader.ReadText(), load: false) is { } unit) { f.Clients.Unref(unit, call); }
    }

    public static void GetUnitProcesses(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        if (Named(f, call, reader.ReadText(), load: false) is { } unit) { UnitProcesses.Write(unit, call); }
    }

    public static void AttachProcesses(BusFront f, MethodCall call)
    {
        if (!f.Authority.EnsurePeer(call)) { return; }
        MessageReader reader = call.Reader;
        if (Named(f, call, reader.ReadText(), load: false) is { } unit) { UnitProcesses.Attach(f, unit, call, reader); }
    }

    public static void AbandonScope(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        if (Named(f, call, reader.ReadText(), load: false) is { } unit) { ScopeBus.Abandon(unit, call); }
    }

    /// <summary>The unit of that name, or the call is answered. An empty name is the caller's own unit.</summary>
    private static Unit? Named(BusFront f, MethodCall call, string name, bool load, bool well = false)
    {
        BusError? error;
        Unit? unit;
        if (name.Length == 0)
        {
            if (!f.Authority.EnsurePeer(call)) { return null; }
            unit = f.Manager.UnitOfPid(f.PidOf(call));
            error = unit is null ? new BusError(BusError.NoSuchUnit, "Client not member of any unit.") : null;
        }
        else { unit = well ? UnitFinder.LoadWell(f, name, out error) : load ? UnitFinder.Load(f, name, out error) : UnitFinder.Loaded(f, name, out error); }
        if (unit is null) { call.Error(error!.Name, error.Message); }
        return unit;
    }

    /// <summary>As <see cref="Named"/>, where an empty name means nobody: a unit is not started or stopped from within without its name.</summary>
    private static Unit? Other(BusFront f, MethodCall call, string name, bool load)
    {
        if (name.Length > 0) { return Named(f, call, name, load); }
        call.Error(BusErrors.InvalidArgs, "Unit name  is not valid.");
        return null;
    }

    private static void AnswerPath(MethodCall call, Unit unit) => Paths.Write(call.BeginReply(), unit);

    private static int PidOfPidfd(Fd fd)
    {
        Result<byte[]> info = Sys.ReadFile(new ByteText($"/proc/self/fdinfo/{fd.Value}"), 4096);
        if (info.Failed) { return 0; }
        ReadOnlySpan<byte> text = info.Value;
        int at = text.IndexOf("\nPid:\t"u8);
        return at >= 0 && Utf8Parser.TryParse(text[(at + 6)..], out int pid, out _) ? pid : 0;
    }
}
