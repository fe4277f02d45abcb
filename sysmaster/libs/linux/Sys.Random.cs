namespace SysMaster.Linux;

/// <summary>Random bytes from the kernel: the framework's generator would bring OpenSSL into the process (2 MB, and its start-up).</summary>
public static unsafe partial class Sys
{
    private const int SYS_getrandom_x64 = 318;
    private const int SYS_getrandom_arm64 = 278;
    private const int GRND_INSECURE = 4;

    /// <summary>getrandom(2); never blocks, even before the pool is ready (Linux 5.6; before that it may wait at the very first boot).</summary>
    public static void Random(Span<byte> buffer)
    {
        fixed (byte* p = buffer)
        {
            nint number = LibC.IsArm64 ? SYS_getrandom_arm64 : SYS_getrandom_x64;
            nint n = LibC.syscall(number, (nint)p, buffer.Length, GRND_INSECURE);
            if (n < 0) { n = LibC.syscall(number, (nint)p, buffer.Length, 0); }
            if (n != buffer.Length) { throw new InvalidOperationException($"getrandom: {Errno.Last}"); }
        }
    }
}
