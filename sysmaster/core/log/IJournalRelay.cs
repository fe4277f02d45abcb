namespace SysMaster.Core.Logging;

/// <summary>
/// Sends a datagram to journald on our behalf: init, which is PID 1 and needs no capability to say so. Used when the kernel refuses us
/// the credentials of PID 1 (a container without CAP_SYS_ADMIN).
/// </summary>
public interface IJournalRelay
{
    /// <returns>False when it could not be taken now; the caller has another way.</returns>
    bool TrySend(ReadOnlySpan<byte> datagram);
}
