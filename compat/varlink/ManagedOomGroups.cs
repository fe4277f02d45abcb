using System.Text.Json;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Varlink;

/// <summary>
/// io.systemd.ManagedOOM for systemd-oomd: the control groups of the units that it is to look after, and each change of them. It alone may ask.
/// What systemd answers was looked at, message by message (docs/varlink.md).
/// </summary>
public sealed class ManagedOomGroups : IVarlinkService
{
    public const string SocketPath = "/run/systemd/io.system.ManagedOOM";

    private const string Subscribe = "io.systemd.ManagedOOM.SubscribeManagedOOMCGroups";
    private static readonly UnitName s_oomd = UnitName.Parse("systemd-oomd.service");

    private readonly Manager _manager;
    private VarlinkClient? _subscriber;

    public ManagedOomGroups(Manager manager)
    {
        _manager = manager;
        manager.ManagedOomChanged = Tell;
    }

    private bool HasSubscriber => _subscriber is { IsClosed: false };

    public bool Answer(VarlinkClient client, in VarlinkCall call, VarlinkReply reply)
    {
        if (call.Method != Subscribe) { return false; }
        if (_manager.Cgroups.UnitOfPid(client.Pid) is not { } caller || !caller.HasName(s_oomd)) { reply.Error("org.varlink.service.PermissionDenied"); }
        else if (call.More && HasSubscriber) { reply.Error("org.varlink.service.SubscriptionTaken"); }
        else
        {
            reply.Result(WriteWatched, continues: call.More);
            if (!call.More) { return true; }
            client.KeepCallOpen();
            _subscriber = client;
        }
        return true;
    }

    /// <summary>The unit came up or went down, or its settings changed.</summary>
    private void Tell(Unit unit)
    {
        if (!HasSubscriber || !IsLookedAfter(unit)) { return; }
        var reply = new VarlinkReply();
        reply.Result(
            json =>
            {
                json.WriteStartArray("cgroups"u8);
                WriteSwap(json, unit);
                WritePressure(json, unit);
                json.WriteEndArray();
            },
            continues: true);
        _subscriber!.Add(reply);
    }

    private void WriteWatched(Utf8JsonWriter json)
    {
        json.WriteStartArray("cgroups"u8);
        foreach (Unit unit in _manager.Units)
        {
            if (!IsLookedAfter(unit)) { continue; }
            if (unit.Get(CgroupDirectives.ManagedOOMSwap) == ManagedOomMode.Kill) { WriteSwap(json, unit); }
            if (unit.Get(CgroupDirectives.ManagedOOMMemoryPressure) == ManagedOomMode.Kill) { WritePressure(json, unit); }
        }
        json.WriteEndArray();
    }

    /// <summary>Types whose processes it may kill, where they have a group.</summary>
    private static bool IsLookedAfter(Unit unit) =>
        unit.Cgroup is not null && unit.Type.Kind is UnitKind.Service or UnitKind.Scope or UnitKind.Slice;

    private static void WriteSwap(Utf8JsonWriter json, Unit unit)
    {
        WriteGroup(json, unit, unit.Get(CgroupDirectives.ManagedOOMSwap), "ManagedOOMSwap");
        json.WriteEndObject();
    }

    private static void WritePressure(Utf8JsonWriter json, Unit unit)
    {
        WriteGroup(json, unit, unit.Get(CgroupDirectives.ManagedOOMMemoryPressure), "ManagedOOMMemoryPressure");
        if (!unit.ActiveState.IsInactiveOrFailed()) { json.WriteNumber("limit"u8, unit.Get(CgroupDirectives.ManagedOOMMemoryPressureLimit)); }
        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, Unit unit, ManagedOomMode mode, string property)
    {
        json.WriteStartObject();
        json.WriteString("mode"u8, mode == ManagedOomMode.Kill && !unit.ActiveState.IsInactiveOrFailed() ? "kill"u8 : "auto"u8);
        json.WriteString("path"u8, unit.Cgroup!.Path);
        json.WriteString("property"u8, property);
    }
}
