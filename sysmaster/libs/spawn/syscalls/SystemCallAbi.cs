namespace SysMaster.Spawn.Exec;

/// <summary>The ways into the kernel that our two architectures have.</summary>
public enum SystemCallAbi
{
    X64,
    X86,
    X32,
    Arm64,
    Arm,
}
