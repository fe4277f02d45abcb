using System.Globalization;
using SysMaster.Core.Boot;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Conditions;

/// <summary>ConditionSecurity= and ConditionCapability=.</summary>
internal static class SecurityTests
{
    private const int NETLINK_AUDIT = 9;
    private const string SecureBoot = "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";
    private const string MeasuredUki = "/sys/firmware/efi/efivars/StubPcrKernelImage-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f";

    public static Result<bool> Security(ByteText parameter, SystemFacts facts) => parameter.ToString() switch
    {
        "selinux" => SmallFile.Exists("/sys/fs/selinux/enforce") && (SmallFile.FirstLineOrNull("/proc/self/attr/current") ?? "kernel") != "kernel",
        "smack" => SmallFile.Exists("/sys/fs/smackfs/"),
        "apparmor" => BootWords.BooleanOrNull(SmallFile.FirstLineOrNull("/sys/module/apparmor/parameters/enabled")) ?? false,
        "audit" => HasAudit(),
        "ima" => SmallFile.Exists("/sys/kernel/security/ima/"),
        "tomoyo" => SmallFile.Exists("/sys/kernel/security/tomoyo/version"),
        "uefi-secureboot" => !facts.Virtualization.IsContainer && EfiFlag(SecureBoot),
        "tpm2" => !facts.Virtualization.IsContainer && HasTpm2(),
        "cvm" => SystemFacts.ConfidentialVirtualization.Length > 0,
        "measured-uki" => !facts.Virtualization.IsContainer && SmallFile.Exists(MeasuredUki),
        _ => false,
    };

    /// <summary>In the bounding set of the manager.</summary>
    public static Result<bool> Capability(ByteText parameter, SystemFacts facts)
    {
        if (!CapabilityText.TryParse(parameter.Span, out int number)) { return Errno.EINVAL; }
        string? set = SmallFile.FieldOrNull("/proc/self/status", "CapBnd");
        if (set is null || !ulong.TryParse(set, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong bits)) { return Errno.ENODATA; }
        return (bits & (1UL << number)) != 0;
    }

    private static bool HasAudit()
    {
        int fd = LibC.socket(LibC.AF_NETLINK, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, NETLINK_AUDIT);
        if (fd < 0) { return false; }
        using var socket = new OwnedFd(fd);
        return true;
    }

    /// <summary>Four bytes of attributes, then the value.</summary>
    private static bool EfiFlag(string path)
    {
        Result<byte[]> file = Sys.ReadFile(new ByteText(path), 4096);
        return !file.Failed && file.Value.Length == 5 && file.Value[4] == 1;
    }

    private static bool HasTpm2()
    {
        Result<bool> device = Sys.GlobMatchesAny("/sys/class/tpmrm/tpmrm*"u8);
        return !device.Failed && device.Value;
    }
}
