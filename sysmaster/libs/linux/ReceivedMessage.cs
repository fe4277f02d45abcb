namespace SysMaster.Linux;

/// <summary>What one recvmsg(2) gave.</summary>
/// <param name="Length">Bytes; 0 is the end of a stream.</param>
/// <param name="Flags">MSG_TRUNC (a datagram was cut), MSG_CTRUNC (descriptors were lost).</param>
/// <param name="Fds">Now the receiver's to close; null when there were none.</param>
/// <param name="Credentials">With SO_PASSCRED.</param>
public readonly record struct ReceivedMessage(int Length, int Flags, List<OwnedFd>? Fds, ucred? Credentials)
{
    /// <summary>Closes what came, for a message that is refused.</summary>
    public void CloseFds()
    {
        if (Fds is null) { return; }
        foreach (OwnedFd fd in Fds) { fd.Dispose(); }
    }
}
