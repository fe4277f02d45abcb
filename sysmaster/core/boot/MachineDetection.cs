using System.Runtime.Intrinsics.X86;
using System.Text;

namespace SysMaster.Core.Boot;

/// <summary>Which hypervisor runs us: SMBIOS strings, CPUID, Xen's files, device tree, s390's sysinfo; in systemd's order.</summary>
internal static class MachineDetection
{
    private static readonly (string Prefix, string Id)[] s_dmi =
    [
        ("KVM", "kvm"), ("OpenStack", "kvm"), ("KubeVirt", "kvm"), ("Amazon EC2", "amazon"), ("QEMU", "qemu"), ("VMware", "vmware"),
        ("VMW", "vmware"), ("innotek GmbH", "oracle"), ("VirtualBox", "oracle"), ("Oracle Corporation", "oracle"), ("Xen", "xen"),
        ("Bochs", "bochs"), ("Parallels", "parallels"), ("BHYVE", "bhyve"), ("Hyper-V", "microsoft"), ("Apple Virtualization", "apple"),
        ("Google Compute Engine", "google"),
    ];

    private static readonly (string Signature, string Id)[] s_cpuid =
    [
        ("XenVMMXenVMM", "xen"), ("KVMKVMKVM", "kvm"), ("Linux KVM Hv", "kvm"), ("TCGTCGTCGTCG", "qemu"), ("VMwareVMware", "vmware"),
        ("Microsoft Hv", "microsoft"), ("bhyve bhyve ", "bhyve"), ("QNXQVMBSQG", "qnx"), ("ACRNACRNACRN", "acrn"), ("SRESRESRESRE", "sre"),
        ("Apple VZ", "apple"),
    ];

    /// <returns>Empty on bare metal.</returns>
    public static string Detect()
    {
        string dmi = Dmi();
        if (dmi is "oracle" or "xen" or "amazon" or "parallels" or "google") { return dmi; }
        if (IsUserModeLinux()) { return "uml"; }
        string xen = Xen();
        if (xen.Length > 0) { return xen == "dom0" ? "" : xen; }
        string cpuid = Cpuid();
        if (cpuid is not ("" or "vm-other")) { return cpuid; }
        if (dmi.Length > 0) { return dmi; }
        string sysfs = SmallFile.FirstLineOrNull("/sys/hypervisor/type") is { } type ? type == "xen" ? "xen" : "vm-other" : "";
        if (sysfs == "xen") { return sysfs; }
        string tree = DeviceTree();
        if (tree is not ("" or "vm-other")) { return tree; }
        string zvm = Zvm();
        if (zvm.Length > 0) { return zvm; }
        return cpuid.Length > 0 ? cpuid : sysfs.Length > 0 ? sysfs : tree;
    }

    /// <summary>DMI on arm64 too: SMBIOS is there wherever ACPI is.</summary>
    private static string Dmi()
    {
        foreach (string file in (ReadOnlySpan<string>)["product_name", "sys_vendor", "board_vendor", "bios_vendor", "product_version"])
        {
            string? text = SmallFile.FirstLineOrNull("/sys/class/dmi/id/" + file);
            if (text is null) { continue; }
            foreach ((string prefix, string id) in s_dmi)
            {
                if (!text.StartsWith(prefix, StringComparison.Ordinal)) { continue; }
                // Amazon's bare metal says Amazon EC2 as well; only the flag of SMBIOS tells.
                return id == "amazon" && !SaysVirtualMachine() ? "" : id;
            }
        }
        return "";
    }

    /// <summary>SMBIOS type 0, BIOS characteristics extension byte 2, bit 4. Without the raw table (or an old one) we trust the name.</summary>
    private static bool SaysVirtualMachine()
    {
        Linux.Result<byte[]> raw = Linux.Sys.ReadFile("/sys/firmware/dmi/entries/0-0/raw"u8, 4096);
        return raw.Failed || raw.Value.Length < 20 || raw.Value[1] < 20 || (raw.Value[19] & 0x10) != 0;
    }

    private static bool IsUserModeLinux()
        => SmallFile.FieldOrNull("/proc/cpuinfo", "vendor_id") is { } vendor && vendor.StartsWith("User Mode Linux", StringComparison.Ordinal);

    private static string Xen()
    {
        if (!SmallFile.Exists("/proc/xen")) { return ""; }
        string? features = SmallFile.FirstLineOrNull("/sys/hypervisor/properties/features");
        bool dom0 = features is not null && ulong.TryParse(features, System.Globalization.NumberStyles.HexNumber, null, out ulong bits)
            ? (bits & (1UL << 11)) != 0
            : (SmallFile.FirstLineOrNull("/proc/xen/capabilities") ?? "").Contains("control_d", StringComparison.Ordinal);
        return dom0 ? "dom0" : "xen";
    }

    private static string Cpuid()
    {
        if (!X86Base.IsSupported) { return ""; }
        (_, _, int ecx, _) = X86Base.CpuId(1, 0);
        if (ecx >= 0) { return ""; }   // bit 31: a hypervisor is present
        (_, int b, int c, int d) = X86Base.CpuId(0x40000000, 0);
        Span<byte> signature = stackalloc byte[12];
        BitConverter.TryWriteBytes(signature, b);
        BitConverter.TryWriteBytes(signature[4..], c);
        BitConverter.TryWriteBytes(signature[8..], d);
        string text = Encoding.ASCII.GetString(signature).TrimEnd('\0');
        foreach ((string row, string id) in s_cpuid)
        {
            if (row == text) { return id; }
        }
        return "vm-other";
    }

    private static string DeviceTree()
    {
        string? compatible = SmallFile.FirstLineOrNull("/proc/device-tree/hypervisor/compatible");
        if (compatible is null)
        {
            bool powerVm = SmallFile.Exists("/proc/device-tree/ibm,partition-name") && SmallFile.Exists("/proc/device-tree/hmc-managed?")
                && !SmallFile.Exists("/proc/device-tree/chosen/qemu,graphic-width");
            if (powerVm) { return "powervm"; }
            return SmallFile.Exists("/proc/device-tree/fw-cfg") || (SmallFile.FirstLineOrNull("/proc/device-tree/compatible") ?? "")
                .Contains("qemu", StringComparison.Ordinal) ? "qemu" : "";
        }
        return compatible switch
        {
            "linux,kvm" => "kvm",
            "vmware" => "vmware",
            _ when compatible.Contains("xen", StringComparison.Ordinal) => "xen",
            _ => "vm-other",
        };
    }

    private static string Zvm()
    {
        string? control = SmallFile.FieldOrNull("/proc/sysinfo", "VM00 Control Program");
        return control is null ? "" : control.StartsWith("z/VM", StringComparison.Ordinal) ? "zvm" : "kvm";
    }
}
