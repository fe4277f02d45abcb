using System.Runtime.InteropServices;
using SysMaster.Linux;

namespace SysMaster.Core.Boot;

/// <summary>systemd's word for the architecture: %a, ConditionArchitecture=, the Architecture property.</summary>
public static class MachineArchitecture
{
    private static readonly (string Machine, string Name)[] s_table =
    [
        ("x86_64", "x86-64"), ("i686", "x86"), ("i586", "x86"), ("i486", "x86"), ("i386", "x86"),
        ("aarch64", "arm64"), ("aarch64_be", "arm64-be"), ("armv8l", "arm"), ("armv8b", "arm-be"), ("armv7l", "arm"), ("armv7b", "arm-be"),
        ("armv6l", "arm"), ("armv6b", "arm-be"), ("armv5tl", "arm"), ("armv5tel", "arm"), ("armv5tejl", "arm"), ("armv5tejb", "arm-be"),
        ("armv5teb", "arm-be"), ("armv5tb", "arm-be"), ("armv4tl", "arm"), ("armv4tb", "arm-be"), ("armv4l", "arm"), ("armv4b", "arm-be"),
        ("loongarch64", "loongarch64"), ("riscv32", "riscv32"), ("riscv64", "riscv64"),
        ("ppc64", "ppc64"), ("ppc64le", "ppc64-le"), ("ppc", "ppc"), ("ppcle", "ppc-le"), ("s390x", "s390x"), ("s390", "s390"),
        ("mips64", "mips64"), ("mips", "mips"), ("sparc64", "sparc64"), ("sparc", "sparc"), ("alpha", "alpha"), ("ia64", "ia64"),
        ("parisc", "parisc"), ("parisc64", "parisc64"), ("m68k", "m68k"), ("tilegx", "tilegx"), ("crisv32", "cris"), ("arc", "arc"),
        ("arceb", "arc-be"), ("sh4", "sh"), ("sh5", "sh64"),
    ];

    /// <summary>Of the kernel, as uname(2) tells it: "x86-64", "arm64".</summary>
    public static string Current { get; } = NameOf(Sys.Uname(4));

    /// <summary>What this program was built for.</summary>
    public static string Native { get; } = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "x86-64",
        Architecture.Arm64 => "arm64",
        Architecture.RiscV64 => "riscv64",
        Architecture.LoongArch64 => "loongarch64",
        _ => Current,
    };

    /// <summary>Empty for a machine systemd has no word for.</summary>
    public static string NameOf(string machine)
    {
        foreach ((string row, string name) in s_table)
        {
            if (row == machine) { return name; }
        }
        return "";
    }
}
