using System.Collections.Immutable;

namespace SysMaster.Core.Conditions;

/// <summary>All kinds of systemd 252 to 257: one row each. man 5 systemd.unit, "Conditions and Asserts".</summary>
public static class ConditionKinds
{
    public static readonly ImmutableArray<ConditionKind> Table =
    [
        new("Architecture", false, MachineTests.Architecture),
        new("Firmware", false, FirmwareTests.Firmware),
        new("Virtualization", false, MachineTests.Virtualization),
        new("Host", false, MachineTests.Host),
        new("KernelCommandLine", false, MachineTests.KernelCommandLine),
        new("KernelVersion", false, MachineTests.KernelVersion),
        new("Credential", false, ManagerTests.Credential),
        new("Environment", false, ManagerTests.Environment),
        new("Security", false, SecurityTests.Security),
        new("Capability", false, SecurityTests.Capability),
        new("ACPower", false, PowerTests.AcPower),
        new("NeedsUpdate", true, UpdateTests.NeedsUpdate),
        new("FirstBoot", false, UpdateTests.FirstBoot),
        new("PathExists", true, PathTests.Exists),
        new("PathExistsGlob", true, PathTests.ExistsGlob),
        new("PathIsDirectory", true, PathTests.IsDirectory),
        new("PathIsSymbolicLink", true, PathTests.IsSymbolicLink),
        new("PathIsMountPoint", true, PathTests.IsMountPoint),
        new("PathIsReadWrite", true, PathTests.IsReadWrite),
        new("PathIsEncrypted", true, EncryptionTests.IsEncrypted),
        new("DirectoryNotEmpty", true, PathTests.DirectoryNotEmpty),
        new("FileNotEmpty", true, PathTests.FileNotEmpty),
        new("FileIsExecutable", true, PathTests.FileIsExecutable),
        new("User", false, ManagerTests.User),
        new("Group", false, ManagerTests.Group),
        new("ControlGroupController", false, CgroupTests.Controller),
        new("CPUs", false, ResourceTests.Cpus),
        new("Memory", false, ResourceTests.Memory),
        new("CPUFeature", false, ResourceTests.CpuFeature),
        new("OSRelease", false, MachineTests.OsRelease),
        new("MemoryPressure", false, PressureTests.Memory),
        new("CPUPressure", false, PressureTests.Cpu),
        new("IOPressure", false, PressureTests.Io),
    ];

    /// <summary>By the directive's name, with or without Condition or Assert in front; null when there is none.</summary>
    public static ConditionKind? FindOrNull(ReadOnlySpan<char> name)
    {
        if (name.StartsWith("Condition")) { name = name["Condition".Length..]; }
        else if (name.StartsWith("Assert")) { name = name["Assert".Length..]; }
        foreach (ConditionKind kind in Table)
        {
            if (name.SequenceEqual(kind.Name)) { return kind; }
        }
        return null;
    }
}
