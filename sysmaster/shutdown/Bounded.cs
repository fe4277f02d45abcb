using SysMaster.Linux;

namespace SysMaster.Shutdown;

/// <summary>A system call that may never return (a server that is gone, a disk that does not answer), on a thread that is given up on.</summary>
internal static class Bounded
{
    /// <returns>The call's errno, or ETIMEDOUT.</returns>
    public static Errno Run(Func<Errno> call, int seconds = 10)
    {
        Errno result = Errno.ETIMEDOUT;
        var thread = new Thread(() => result = call()) { IsBackground = true };
        thread.Start();
        return thread.Join(seconds * 1000) ? result : Errno.ETIMEDOUT;
    }

    public static void Sync() => Run(static () =>
    {
        LibC.sync();
        return Errno.None;
    }, seconds: 60);
}
