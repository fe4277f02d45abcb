using SysMaster.Linux;

namespace SysMaster.Spawn.Init;

/// <summary>Who is told what init says; called from <see cref="InitLink.OnReadable"/>, on the loop's thread.</summary>
public interface IInitObserver
{
    /// <summary>A process ended and is a zombie until <see cref="InitLink.Reap"/>. May be told twice for one zombie.</summary>
    void OnExited(in ExitNotice exit);

    /// <summary>Somebody sent PID 1 a signal.</summary>
    void OnSignal(in ForwardedSignal signal);

    /// <summary>The socket of the warm executor: at start, and again whenever a new one had to be started (then the old socket is dead).</summary>
    void OnExecutor(OwnedFd socket);

    /// <summary>A descriptor that an earlier core has stored; only before <see cref="OnStarted"/>. The receiver owns it.</summary>
    void OnKeptFd(ByteText name, OwnedFd fd);

    /// <summary>Everything that init keeps has been told.</summary>
    void OnStarted(in StartInfo info);

    /// <summary>A <see cref="InitLink.StoreFd"/> was refused: the table is full (ENFILE), the name too long, or init has no descriptors left.</summary>
    void OnStoreFailed(ByteText name, Errno error);
}
