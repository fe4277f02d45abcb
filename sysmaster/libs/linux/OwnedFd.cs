using System.Diagnostics.CodeAnalysis;

namespace SysMaster.Linux;

/// <summary>A borrowed descriptor: whoever holds the <see cref="OwnedFd"/> closes it.</summary>
public readonly record struct Fd(int Value)
{
    public static readonly Fd None = new(-1);

    public bool IsValid => Value >= 0;
}

/// <summary>A descriptor with exactly one owner, closed by Dispose; <see cref="Take"/> moves it on. Debug builds say when one was leaked.</summary>
public sealed class OwnedFd : IDisposable
{
    private int _fd;

    public OwnedFd(int fd) => _fd = fd;

#if DEBUG
    [SuppressMessage("Performance", "CA1821", Justification = "a leak detector, Debug only")]
    ~OwnedFd()
    {
        if (_fd >= 0) { System.Diagnostics.Debug.WriteLine($"descriptor {_fd} was leaked"); }
    }
#endif

    public int Value => _fd;

    public Fd Fd => new(_fd);

    public bool IsValid => _fd >= 0;

    /// <summary>The number moves to a new owner; this one no longer closes it.</summary>
    public int Take()
    {
        int fd = _fd;
        _fd = -1;
        GC.SuppressFinalize(this);
        return fd;
    }

    public void Dispose()
    {
        if (_fd >= 0)
        {
            _ = LibC.close(_fd);
            _fd = -1;
        }
        GC.SuppressFinalize(this);
    }
}
