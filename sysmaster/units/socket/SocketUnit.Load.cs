using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Socket;

/// <summary>What a socket's settings imply, and which of them contradict each other. systemd.socket(5), "Automatic Dependencies".</summary>
public sealed partial class SocketUnit
{
    private const string NetDevices = "/sys/subsystem/net/devices/";

    private readonly List<SocketPort> _ports = [];

    protected override UnitName? WantedSlice => SliceRules.For(this);

    protected override string? OnLoad()
    {
        TakePorts();
        Service = null;
        if (!Accepts)
        {
            UnitName name = Get(SocketDirectives.Service);
            Service = Manager.GetOrAdd(name.IsValid ? name : Id.WithKind(UnitKind.Service));
            AddDependency(Dep.Before | Dep.Triggers, Service, DepOrigin.Implicit);
        }
        // Instances that still run are ours through this edge.
        foreach (Unit instance in _connections.Keys) { AddInstanceEdge(instance); }
        foreach (SocketPort port in _ports)
        {
            if (port.HasPath) { Manager.AddMountsFor(this, port.Spec.Address, Dep.Requires); }
        }
        if (HasCommands) { ExecDependencies.Add(this); }
        AddDevice();
        if (Get(UnitDirectives.DefaultDependencies)) { AddDefaults(); }
        return Contradiction();
    }

    private bool HasCommands => Get(SocketDirectives.ExecStartPre).Length > 0 || Get(SocketDirectives.ExecStartPost).Length > 0
        || Get(SocketDirectives.ExecStopPre).Length > 0 || Get(SocketDirectives.ExecStopPost).Length > 0;

    private void AddDefaults()
    {
        AddDependency(Dep.Before, SpecialUnits.Sockets, DepOrigin.Default);
        if (Manager.IsSystem) { AddDependency(Dep.After | Dep.Requires, SpecialUnits.Sysinit, DepOrigin.Default); }
        AddDependency(Dep.Before | Dep.Conflicts, SpecialUnits.Shutdown, DepOrigin.Default);
    }

    private void AddDevice()
    {
        ByteText device = Get(SocketDirectives.BindToDevice);
        if (device.IsEmpty || device.Span.SequenceEqual("lo"u8) || Manager.TypeOf(UnitKind.Device) is not { } devices
            || devices.IsSupported is { } supported && !supported(Manager)) { return; }
        UnitName name = UnitName.FromPath(new ByteText(NetDevices + device.ToString()).Span, UnitKind.Device);
        if (name.IsValid) { AddDependency(Dep.BindsTo | Dep.After, name, DepOrigin.Implicit); }
    }

    private string? Contradiction()
    {
        if (_ports.Count == 0) { return "Unit has no Listen setting (ListenStream=, ListenDatagram=, ListenFIFO=, ...)."; }
        if (Get(SocketDirectives.Symlinks).Length > 0 && Nodes.Length != 1) { return "Unit has symlinks set but none or more than one node in the file system."; }
        if (!Accepts) { return null; }
        if (!_ports.TrueForAll(static p => p.CanAccept)) { return "Unit configured for accepting sockets, but sockets are non-accepting."; }
        if (Get(SocketDirectives.MaxConnections) == 0) { return "MaxConnection= setting too small."; }
        if (Get(SocketDirectives.Service).IsValid) { return "Explicit service configuration for accepting socket units not supported."; }
        return null;
    }

    /// <summary>The list of the file; what is open already and still listed stays open.</summary>
    private void TakePorts()
    {
        var before = new List<SocketPort>(_ports);
        _ports.Clear();
        foreach (ListenSpec spec in Get(SocketDirectives.Listen))
        {
            int at = before.FindIndex(p => p.Spec == spec);
            _ports.Add(at < 0 ? new SocketPort(spec) : before[at]);
            if (at >= 0) { before.RemoveAt(at); }
        }
        foreach (SocketPort dropped in before)
        {
            if (dropped.IsOpen) { Log.Info(this, $"{dropped.Spec.Address.ToString()} is no longer listed, closing it."); }
            dropped.Close();
        }
    }

    /// <summary>After daemon-reload: places in the list may have moved; the kernel's side is as it was.</summary>
    protected override void OnReloaded()
    {
        if (HasOpenPorts) { KeepAll(); }
        else if ((SocketStates.Row(State).Keep & SocketKeep.Fds) != 0 && State is SocketState.Listening or SocketState.Running) { Reopen(); }
        if (State == SocketState.Listening) { Watch(); }
    }

    private void AddInstanceEdge(Unit instance) => AddDependency(Dep.Before | Dep.Triggers, instance, DepOrigin.Implicit, addReference: false);
}
