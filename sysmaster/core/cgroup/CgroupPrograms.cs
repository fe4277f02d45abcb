using SysMaster.Cgroups;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>
/// DeviceAllow=, DevicePolicy=, IPAddressAllow=, IPAddressDeny=, IPAccounting=, and in .Sockets what is about sockets and interfaces: programs on the unit's group. Only a unit that sets one of
/// them, or lies in a slice that does, gets any. A kernel or container that does not let us is said once. systemd.resource-control(5).
/// </summary>
public sealed partial class CgroupPrograms(Manager manager, CgroupTree tree)
{
    private const string DeviceName = "sm_devices", IngressName = "sm_ip_ingress", EgressName = "sm_ip_egress";
    private bool _devicesRefused, _addressesRefused;

    public void Apply(Unit unit, ByteText group)
    {
        if (tree.Layout.Mode != CgroupMode.Unified || !manager.IsSystem) { return; }
        ApplyDevices(unit, group);
        ApplyAddresses(unit, group);
        ApplySockets(unit, group);
    }

    /// <summary>Settings may have been taken back since the group was made: what nobody asks for any more goes.</summary>
    public void Update(Unit unit, ByteText group)
    {
        if (tree.Layout.Mode != CgroupMode.Unified || !manager.IsSystem) { return; }
        ByteText directory = tree.PathOf(group);
        if (!WantsDevices(unit.Settings)) { Bpf.Detach(directory, BpfProgramKind.Device, DeviceName); }
        if (!WantsAddresses(unit))
        {
            Bpf.Detach(directory, BpfProgramKind.Ingress, IngressName);
            Bpf.Detach(directory, BpfProgramKind.Egress, EgressName);
        }
        DetachSockets(unit, directory);
        Apply(unit, group);
    }

    /// <summary>D-Bus IPIngressPackets and its sisters.</summary>
    /// <returns>Null without IPAccounting=.</returns>
    public ulong? Counter(ByteText group, bool egress, bool bytes)
    {
        if (tree.Layout.Mode != CgroupMode.Unified) { return null; }
        BpfProgramKind kind = egress ? BpfProgramKind.Egress : BpfProgramKind.Ingress;
        Result<OwnedFd> counters = Bpf.CountersOf(tree.PathOf(group), kind, egress ? EgressName : IngressName);
        if (counters.Failed) { return null; }
        using OwnedFd map = counters.Value;
        Result<ulong> value = Bpf.Read(map, bytes ? 1u : 0u);
        return value.Failed ? null : value.Value;
    }

    private static bool WantsDevices(SettingsBag set) =>
        set.Get(CgroupDirectives.DevicePolicy) != DevicePolicy.Auto || set.Get(CgroupDirectives.DeviceAllow).Length > 0;

    /// <summary>A slice has no filter of its own: its lists count in the units below.</summary>
    private static bool WantsAddresses(Unit unit)
    {
        if (Accounts(unit)) { return true; }
        for (Unit? at = unit.Type.Kind == UnitKind.Slice ? null : unit; at is not null; at = at.Slice)
        {
            if (at.Settings.IsSet(CgroupDirectives.IPAddressAllow) || at.Settings.IsSet(CgroupDirectives.IPAddressDeny)) { return true; }
        }
        return false;
    }

    private static bool Accounts(Unit unit) => unit.Settings.IsSet(CgroupDirectives.IPAccounting) ? unit.Get(CgroupDirectives.IPAccounting)
        : unit.Type.Has(UnitCaps.HasCgroup) && unit.Manager.Settings.Get(ManagerDirectives.DefaultIPAccounting);

    private void ApplyDevices(Unit unit, ByteText group)
    {
        if (_devicesRefused || !WantsDevices(unit.Settings)) { return; }
        byte[] code = DeviceFilter.Compile(DeviceRules.For(unit).ToArray());
        Errno error = Attach(group, BpfProgramKind.Device, code, DeviceName);
        if (!error.Failed) { return; }
        _devicesRefused = IsRefusal(error);
        Log.Warning(unit, $"Unit configures device ACL, but the local system does not let us attach BPF device programs ({error.ToString()}). All devices will be accessible.");
    }

    private void ApplyAddresses(Unit unit, ByteText group)
    {
        if (_addressesRefused || !WantsAddresses(unit)) { return; }
        var allow = new List<IpPrefix>();
        var deny = new List<IpPrefix>();
        for (Unit? at = unit.Type.Kind == UnitKind.Slice ? null : unit; at is not null; at = at.Slice)
        {
            allow.AddRange(at.Get(CgroupDirectives.IPAddressAllow));
            deny.AddRange(at.Get(CgroupDirectives.IPAddressDeny));
        }
        Errno error = One(BpfProgramKind.Ingress, IngressName);
        if (!error.Failed) { error = One(BpfProgramKind.Egress, EgressName); }
        if (!error.Failed) { return; }
        _addressesRefused = IsRefusal(error);
        Log.Warning(unit, $"Unit configures an IP firewall, but the local system does not let us attach BPF firewall programs ({error.ToString()}). Proceeding WITHOUT firewalling in effect!");

        Errno One(BpfProgramKind kind, string name)
        {
            OwnedFd? counters = null;
            if (Accounts(unit))
            {
                // Counting goes on where it was when only the lists change.
                Result<OwnedFd> map = Bpf.CountersOf(tree.PathOf(group), kind, name);
                if (map.Failed) { map = Bpf.NewCounters(2, "sm_ip_count"); }
                if (map.Failed) { return map.Error; }
                counters = map.Value;
            }
            byte[] code = AddressFilter.Compile(kind == BpfProgramKind.Egress, allow.ToArray(), deny.ToArray(), counters?.Value ?? -1);
            Errno attached = Attach(group, kind, code, name);
            counters?.Dispose();
            return attached;
        }
    }

    private Errno Attach(ByteText group, BpfProgramKind kind, byte[] code, string name)
    {
        Result<OwnedFd> program = Bpf.Load(kind, code, name);
        if (program.Failed) { return program.Error; }
        using OwnedFd fd = program.Value;
        return Bpf.Attach(tree.PathOf(group), kind, fd, name);
    }

    /// <summary>It will be so for all units.</summary>
    private static bool IsRefusal(Errno error) => error == Errno.EPERM || error == Errno.ENOSYS || error == Errno.EINVAL || error == Errno.EOPNOTSUPP;
}
