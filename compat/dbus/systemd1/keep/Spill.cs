using SysMaster.Core;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>
/// Bytes of one connection that are too many for a record: a memfd that init keeps, written at their place in the stream before the record
/// that speaks of them is committed. What an older record says of the same place stays true.
/// </summary>
internal sealed class Spill(OwnedFd file) : IDisposable
{
    private long _used;

    public static Spill? Make(Manager manager, string name)
    {
        Result<OwnedFd> made = Sys.MemoryFile("sysmaster-client"u8, default);
        if (made.Failed) { return null; }
        manager.KeepFd(name, made.Value.Fd);
        return new Spill(made.Value);
    }

    public unsafe bool Write(long offset, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* p = bytes)
        {
            for (int done = 0; done < bytes.Length;)
            {
                nint n = LibC.pwrite(file.Value, p + done, (nuint)(bytes.Length - done), offset + done);
                if (n <= 0) { return false; }
                done += (int)n;
            }
        }
        _used = Math.Max(_used, offset + bytes.Length);
        return true;
    }

    public unsafe byte[]? Read(long offset, int length)
    {
        byte[] bytes = new byte[length];
        fixed (byte* p = bytes)
        {
            for (int done = 0; done < length;)
            {
                nint n = LibC.pread(file.Value, p + done, (nuint)(length - done), offset + done);
                if (n <= 0) { return null; }
                done += (int)n;
            }
        }
        _used = offset + length;
        return bytes;
    }

    /// <summary>No record speaks of it any more: its memory goes back.</summary>
    public void Empty()
    {
        if (_used == 0) { return; }
        _ = LibC.ftruncate(file.Value, 0);
        _used = 0;
    }

    public void Dispose() => file.Dispose();
}
