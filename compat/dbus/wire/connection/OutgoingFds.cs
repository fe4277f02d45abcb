using SysMaster.Linux;

namespace SysMaster.DBus.Wire;

/// <summary>Descriptors on their way out, and the byte of the stream they go with: the first of their message.</summary>
internal readonly record struct OutgoingFds(long At, OwnedFd[] Fds)
{
    public int CopyTo(Span<int> numbers)
    {
        for (int i = 0; i < Fds.Length; i++) { numbers[i] = Fds[i].Value; }
        return Fds.Length;
    }

    public void Close()
    {
        foreach (OwnedFd fd in Fds) { fd.Dispose(); }
    }
}
