using System.Buffers.Binary;

namespace SysMaster.Linux;

/// <summary>
/// The names in a directory, as bytes, in the kernel's order: <c>using DirectoryReader dir = …; foreach (DirectoryEntry e in dir)</c>.
/// "." and ".." are left out. An error in the middle ends the loop and stands in <see cref="Error"/>. One pass; getdents64(2).
/// </summary>
public sealed unsafe class DirectoryReader : IDisposable
{
    private const int BufferSize = 16 << 10;

    // struct linux_dirent64: u64 inode, s64 offset, u16 record length, u8 type, name with NUL; the same on every architecture.
    private const int ReclenOffset = 16;
    private const int TypeOffset = 18;
    private const int NameOffset = 19;

    private readonly OwnedFd _fd;
    private byte[] _buffer;
    private int _used;
    private int _at;
    private int _current = -1;

    internal DirectoryReader(OwnedFd fd)
    {
        _fd = fd;
        _buffer = BytePool.Rent(BufferSize);
    }

    /// <summary>Of the directory itself, for openat(2) and friends on its names.</summary>
    public Fd Fd => _fd.Fd;

    public Errno Error { get; private set; }

    public DirectoryEntry Current
    {
        get
        {
            ReadOnlySpan<byte> record = _buffer.AsSpan(_current, BinaryPrimitives.ReadUInt16LittleEndian(_buffer.AsSpan(_current + ReclenOffset)));
            ReadOnlySpan<byte> name = record[NameOffset..];
            return new DirectoryEntry(name[..name.IndexOf((byte)0)], record[TypeOffset], BinaryPrimitives.ReadUInt64LittleEndian(record));
        }
    }

    public DirectoryReader GetEnumerator() => this;

    public bool MoveNext()
    {
        while (true)
        {
            if (_at >= _used && !Fill()) { return false; }
            _current = _at;
            _at += BinaryPrimitives.ReadUInt16LittleEndian(_buffer.AsSpan(_current + ReclenOffset));
            if (!IsDots(_buffer.AsSpan(_current + NameOffset))) { return true; }
        }
    }

    public void Dispose()
    {
        _fd.Dispose();
        if (_buffer.Length > 0) { BytePool.Return(_buffer); }
        _buffer = [];
        _used = _at = 0;
    }

    private static bool IsDots(ReadOnlySpan<byte> name) => name[0] == (byte)'.' && (name[1] == 0 || (name[1] == (byte)'.' && name[2] == 0));

    private bool Fill()
    {
        fixed (byte* p = _buffer)
        {
            nint n = LibC.getdents64(_fd.Value, p, (nuint)_buffer.Length);
            if (n < 0) { Error = Errno.Last; }
            _used = n < 0 ? 0 : (int)n;
            _at = 0;
            return n > 0;
        }
    }
}
