using SysMaster.Cgroups;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>SocketBindAllow=, SocketBindDeny=, RestrictNetworkInterfaces=; and programs that somebody else has made: BPFProgram=, IPIngressFilterPath=, IPEgressFilterPath=.</summary>
public sealed partial class CgroupPrograms
{
    private const string Bind4Name = "sm_bind4", Bind6Name = "sm_bind6", IfIngressName = "sm_if_ingress", IfEgressName = "sm_if_egress";
    private const int AF_INET = 2, AF_INET6 = 10;
    private const string PinnedRoot = "/sys/fs/bpf/";

    private static bool WantsBinds(Unit unit) => unit.Settings.IsSet(CgroupDirectives.SocketBindAllow) || unit.Settings.IsSet(CgroupDirectives.SocketBindDeny);

    private static bool WantsInterfaces(Unit unit) => unit.Get(CgroupDirectives.RestrictNetworkInterfaces).Rules.Length > 0;

    private void ApplySockets(Unit unit, ByteText group)
    {
        if (WantsBinds(unit)) { ApplyBinds(unit, group); }
        if (WantsInterfaces(unit)) { ApplyInterfaces(unit, group); }
        ApplyPinned(unit, group);
    }

    private static void DetachSockets(Unit unit, ByteText directory)
    {
        if (!WantsBinds(unit))
        {
            Bpf.Detach(directory, BpfProgramKind.Bind4, Bind4Name);
            Bpf.Detach(directory, BpfProgramKind.Bind6, Bind6Name);
        }
        if (WantsInterfaces(unit)) { return; }
        Bpf.Detach(directory, BpfProgramKind.Ingress, IfIngressName);
        Bpf.Detach(directory, BpfProgramKind.Egress, IfEgressName);
    }

    private void ApplyBinds(Unit unit, ByteText group)
    {
        BindRule[] allow = Rules(unit.Get(CgroupDirectives.SocketBindAllow)), deny = Rules(unit.Get(CgroupDirectives.SocketBindDeny));
        Errno error = Attach(group, BpfProgramKind.Bind4, BindFilter.Compile(AF_INET, allow, deny), Bind4Name);
        if (!error.Failed) { error = Attach(group, BpfProgramKind.Bind6, BindFilter.Compile(AF_INET6, allow, deny), Bind6Name); }
        if (error.Failed) { Log.Warning(unit, $"SocketBindAllow= and SocketBindDeny= cannot be put in force here ({error.ToString()}): sockets may be bound to any address."); }
    }

    private static BindRule[] Rules(SocketBindRule[] rules) => Array.ConvertAll(rules, static r => new BindRule(r.Family, r.Protocol, r.Count, r.Port));

    private void ApplyInterfaces(Unit unit, ByteText group)
    {
        FilterList list = unit.Get(CgroupDirectives.RestrictNetworkInterfaces);
        var indexes = new List<uint>();
        foreach (FilterRule rule in list.Rules)
        {
            if (!rule.Adds) { continue; }
            uint index = InterfaceFilter.IndexOf(rule.Name);
            if (index == 0) { Log.Warning(unit, $"There is no network interface {rule.Name}: RestrictNetworkInterfaces= goes without it."); }
            else { indexes.Add(index); }
        }
        byte[] code = InterfaceFilter.Compile(list.IsAllow, indexes.ToArray());
        Errno error = Attach(group, BpfProgramKind.Ingress, code, IfIngressName);
        if (!error.Failed) { error = Attach(group, BpfProgramKind.Egress, code, IfEgressName); }
        if (error.Failed) { Log.Warning(unit, $"RestrictNetworkInterfaces= cannot be put in force here ({error.ToString()}): all network interfaces are within reach."); }
    }

    private void ApplyPinned(Unit unit, ByteText group)
    {
        foreach (ByteText path in unit.Get(CgroupDirectives.IPIngressFilterPath)) { AttachPinned(unit, group, BpfProgramKind.Ingress, path); }
        foreach (ByteText path in unit.Get(CgroupDirectives.IPEgressFilterPath)) { AttachPinned(unit, group, BpfProgramKind.Egress, path); }
        foreach (TextPair pair in unit.Get(CgroupDirectives.BPFProgram))
        {
            if (BpfProgramKinds.TryParse(pair.First.ToString(), out BpfProgramKind kind)) { AttachPinned(unit, group, kind, pair.Second); }
        }
    }

    /// <summary>Only a bpffs holds programs, and this one is the kernel's own: no path of somebody's network is walked here.</summary>
    private void AttachPinned(Unit unit, ByteText group, BpfProgramKind kind, ByteText path)
    {
        if (!path.StartsWith("/sys/fs/bpf/"u8))
        {
            Log.Warning(unit, $"The program {path} does not lie below {PinnedRoot}, ignoring.");
            return;
        }
        Errno error = Bpf.AttachPinned(tree.PathOf(group), kind, path);
        if (error.Failed) { Log.Warning(unit, $"The program {path} could not be attached: {error.ToString()}"); }
    }
}
