namespace SysMaster.Cgroups;

/// <summary>Where in a control group a program is attached: enum bpf_attach_type.</summary>
public enum BpfProgramKind
{
    Ingress = 0,
    Egress = 1,
    Device = 6,
}

internal static class BpfProgramKinds
{
    public static bool IsDevice(this BpfProgramKind kind) => kind == BpfProgramKind.Device;
}
