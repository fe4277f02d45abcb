namespace SysMaster.Core.Directives;

/// <summary>One kind for each type of condition, shared by its Condition and its Assert.</summary>
internal static class ConditionKinds
{
    public static readonly Kind<ConditionSpec[]> OfPathExists = new ConditionOfKind(ConditionType.PathExists);
    public static readonly Kind<ConditionSpec[]> OfPathExistsGlob = new ConditionOfKind(ConditionType.PathExistsGlob);
    public static readonly Kind<ConditionSpec[]> OfPathIsDirectory = new ConditionOfKind(ConditionType.PathIsDirectory);
    public static readonly Kind<ConditionSpec[]> OfPathIsSymbolicLink = new ConditionOfKind(ConditionType.PathIsSymbolicLink);
    public static readonly Kind<ConditionSpec[]> OfPathIsMountPoint = new ConditionOfKind(ConditionType.PathIsMountPoint);
    public static readonly Kind<ConditionSpec[]> OfPathIsReadWrite = new ConditionOfKind(ConditionType.PathIsReadWrite);
    public static readonly Kind<ConditionSpec[]> OfPathIsEncrypted = new ConditionOfKind(ConditionType.PathIsEncrypted);
    public static readonly Kind<ConditionSpec[]> OfDirectoryNotEmpty = new ConditionOfKind(ConditionType.DirectoryNotEmpty);
    public static readonly Kind<ConditionSpec[]> OfFileNotEmpty = new ConditionOfKind(ConditionType.FileNotEmpty);
    public static readonly Kind<ConditionSpec[]> OfFileIsExecutable = new ConditionOfKind(ConditionType.FileIsExecutable);
    public static readonly Kind<ConditionSpec[]> OfNeedsUpdate = new ConditionOfKind(ConditionType.NeedsUpdate);
    public static readonly Kind<ConditionSpec[]> OfFirstBoot = new ConditionOfKind(ConditionType.FirstBoot);
    public static readonly Kind<ConditionSpec[]> OfArchitecture = new ConditionOfKind(ConditionType.Architecture);
    public static readonly Kind<ConditionSpec[]> OfFirmware = new ConditionOfKind(ConditionType.Firmware);
    public static readonly Kind<ConditionSpec[]> OfVirtualization = new ConditionOfKind(ConditionType.Virtualization);
    public static readonly Kind<ConditionSpec[]> OfHost = new ConditionOfKind(ConditionType.Host);
    public static readonly Kind<ConditionSpec[]> OfKernelCommandLine = new ConditionOfKind(ConditionType.KernelCommandLine);
    public static readonly Kind<ConditionSpec[]> OfKernelVersion = new ConditionOfKind(ConditionType.KernelVersion);
    public static readonly Kind<ConditionSpec[]> OfCredential = new ConditionOfKind(ConditionType.Credential);
    public static readonly Kind<ConditionSpec[]> OfSecurity = new ConditionOfKind(ConditionType.Security);
    public static readonly Kind<ConditionSpec[]> OfCapability = new ConditionOfKind(ConditionType.Capability);
    public static readonly Kind<ConditionSpec[]> OfACPower = new ConditionOfKind(ConditionType.ACPower);
    public static readonly Kind<ConditionSpec[]> OfMemory = new ConditionOfKind(ConditionType.Memory);
    public static readonly Kind<ConditionSpec[]> OfCPUFeature = new ConditionOfKind(ConditionType.CPUFeature);
    public static readonly Kind<ConditionSpec[]> OfCPUs = new ConditionOfKind(ConditionType.CPUs);
    public static readonly Kind<ConditionSpec[]> OfEnvironment = new ConditionOfKind(ConditionType.Environment);
    public static readonly Kind<ConditionSpec[]> OfUser = new ConditionOfKind(ConditionType.User);
    public static readonly Kind<ConditionSpec[]> OfGroup = new ConditionOfKind(ConditionType.Group);
    public static readonly Kind<ConditionSpec[]> OfControlGroupController = new ConditionOfKind(ConditionType.ControlGroupController);
    public static readonly Kind<ConditionSpec[]> OfOSRelease = new ConditionOfKind(ConditionType.OSRelease);
    public static readonly Kind<ConditionSpec[]> OfMemoryPressure = new ConditionOfKind(ConditionType.MemoryPressure);
    public static readonly Kind<ConditionSpec[]> OfCPUPressure = new ConditionOfKind(ConditionType.CPUPressure);
    public static readonly Kind<ConditionSpec[]> OfIOPressure = new ConditionOfKind(ConditionType.IOPressure);
    public static readonly Kind<ConditionSpec[]> OfPathIsSocket = new ConditionOfKind(ConditionType.PathIsSocket);
    public static readonly Kind<ConditionSpec[]> OfFraction = new ConditionOfKind(ConditionType.Fraction);
    public static readonly Kind<ConditionSpec[]> OfVersion = new ConditionOfKind(ConditionType.Version);
    public static readonly Kind<ConditionSpec[]> OfMachineTag = new ConditionOfKind(ConditionType.MachineTag);
    public static readonly Kind<ConditionSpec[]> OfKernelModuleLoaded = new ConditionOfKind(ConditionType.KernelModuleLoaded);
}
