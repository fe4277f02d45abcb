namespace SysMaster.Executor;

/// <summary>The ways into the kernel that our two architectures have.</summary>
internal enum SystemCallAbi
{
    X64,
    X86,
    X32,
    Arm64,
    Arm,
}
