namespace SysMaster.Linux;

public static partial class Sys
{
    private static readonly nint SYS_kcmp = LibC.IsArm64 ? 272 : 312;

    /// <summary>Both of our descriptors are of one open file description. kcmp(2); false where the kernel cannot say.</summary>
    public static bool IsSameFile(Fd a, Fd b)
    {
        const int file = 0;
        int self = LibC.getpid();
        return LibC.syscall(SYS_kcmp, self, self, file, a.Value, b.Value) == 0;
    }
}
