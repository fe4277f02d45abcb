namespace SysMaster.Cgroups;

/// <summary>Where in a control group a program is attached: enum bpf_attach_type. Values beyond these are known by name only (<see cref="BpfProgramKinds.TryParse"/>).</summary>
public enum BpfProgramKind
{
    Ingress = 0,
    Egress = 1,
    Device = 6,
    Bind4 = 8,
    Bind6 = 9,
}

public static class BpfProgramKinds
{
    private static readonly (string Name, int Value)[] s_names =
    [
        ("ingress", 0), ("egress", 1), ("sock_create", 2), ("sock_ops", 3), ("device", 6), ("bind4", 8), ("bind6", 9), ("connect4", 10), ("connect6", 11),
        ("post_bind4", 12), ("post_bind6", 13), ("sendmsg4", 14), ("sendmsg6", 15), ("sysctl", 18), ("recvmsg4", 19), ("recvmsg6", 20),
        ("getsockopt", 21), ("setsockopt", 22),
    ];

    /// <summary>The words of BPFProgram=, systemd.resource-control(5).</summary>
    public static bool TryParse(string name, out BpfProgramKind kind)
    {
        int at = Array.FindIndex(s_names, row => row.Name == name);
        kind = at < 0 ? default : (BpfProgramKind)s_names[at].Value;
        return at >= 0;
    }

    /// <summary>enum bpf_prog_type of the programs that are compiled here: CGROUP_DEVICE, CGROUP_SOCK_ADDR, CGROUP_SKB.</summary>
    internal static uint ProgramType(this BpfProgramKind kind) => kind switch
    {
        BpfProgramKind.Device => 15,
        BpfProgramKind.Bind4 or BpfProgramKind.Bind6 => 18,
        _ => 8,
    };
}
