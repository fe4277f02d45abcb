using System.Runtime.CompilerServices;

namespace SysMaster.Linux;

/// <summary>One request of the kernel's about an autofs mount.</summary>
/// <param name="IsExpire">The mount behind it is to go; else somebody waits for it.</param>
/// <param name="Token">Names the request in the answer.</param>
/// <param name="Pid">Who asked.</param>
public readonly record struct AutofsRequest(bool IsExpire, uint Token, int Pid);

/// <summary>autofs, protocol version 5, direct mounts only. Everything goes through /dev/autofs.</summary>
public static unsafe class Autofs
{
    private static readonly ByteText s_device = "/dev/autofs"u8;

    /// <summary>struct autofs_dev_ioctl with its union as two words.</summary>
    private struct Request
    {
        public uint Major;
        public uint Minor;
        public uint Size;
        public int Fd;
        public uint First;
        public uint Second;
    }

    public static bool IsSupported => Sys.Exists(s_device);

    /// <summary>Mounts the trigger.</summary>
    /// <param name="where">An existing directory.</param>
    /// <param name="source">Shown as the mount's source.</param>
    /// <param name="options">Further options; may be empty.</param>
    /// <returns>The end of the pipe that requests come out of. Processes of our own group do not trigger it.</returns>
    public static Result<OwnedFd> Mount(ByteText where, string source, ByteText options)
    {
        int* ends = stackalloc int[2];
        if (LibC.pipe2(ends, LibC.O_CLOEXEC) < 0) { return Errno.Last; }
        var reader = new OwnedFd(ends[0]);
        using var writer = new OwnedFd(ends[1]);
        string extra = options.IsEmpty ? "" : "," + options.ToString();
        var data = new ByteText($"fd={writer.Value},pgrp={LibC.getpgrp()},minproto=5,maxproto=5,direct{extra}");
        var name = new ByteText(source);
        fixed (byte* s = name.CString, t = where.CString, type = "autofs\0"u8, d = data.CString)
        {
            if (LibC.mount(s, t, type, 0, d) == 0) { return reader; }
        }
        Errno error = Errno.Last;
        reader.Dispose();
        return error;
    }

    /// <summary>A handle for <see cref="Answer"/>, <see cref="SetTimeout"/> and <see cref="Expire"/>, also when something is mounted over it.</summary>
    /// <param name="device">st_dev of the trigger, (major &lt;&lt; 32) | minor.</param>
    public static Result<OwnedFd> Open(ByteText where, ulong device)
    {
        const int Header = 24;
        byte[] buffer = new byte[Header + where.Length + 1];
        var request = new Request { Major = 1, Size = (uint)buffer.Length, Fd = -1, First = Encode(device) };
        Unsafe.WriteUnaligned(ref buffer[0], request);
        where.CString.CopyTo(buffer.AsSpan(Header));
        fixed (byte* p = buffer)
        {
            Errno error = Control(LibC.AUTOFS_DEV_IOCTL_OPENMOUNT, p);
            return error.Failed ? error : new OwnedFd(Unsafe.ReadUnaligned<Request>(p).Fd);
        }
    }

    /// <summary>How long the mount behind it must be idle for <see cref="Expire"/> to take it; whole seconds, zero for never.</summary>
    public static Errno SetTimeout(Fd mount, Usec idle)
    {
        ulong seconds = idle.IsInfinity ? 0 : (idle.Value + Usec.PerSec - 1) / Usec.PerSec;
        return Simple(LibC.AUTOFS_DEV_IOCTL_TIMEOUT, mount, (uint)seconds, (uint)(seconds >> 32));
    }

    /// <summary>Those who wait for that request go on, or fail with the given error.</summary>
    public static Errno Answer(Fd mount, uint token, Errno error) => error.Failed
        ? Simple(LibC.AUTOFS_DEV_IOCTL_FAIL, mount, token, (uint)-error.Value)
        : Simple(LibC.AUTOFS_DEV_IOCTL_READY, mount, token, 0);

    /// <summary>Asks the kernel to have the mount unmounted if it is idle. Blocks until that request has been answered.</summary>
    /// <returns>EAGAIN when nothing is idle.</returns>
    public static Errno Expire(Fd mount) => Simple(LibC.AUTOFS_DEV_IOCTL_EXPIRE, mount, 0, 0);

    /// <summary>Looks at the first packet in the pipe, which stays there: tee(2) into a pipe of its own.</summary>
    /// <returns>The bytes of it; EAGAIN when there is none.</returns>
    public static Result<int> Peek(Fd pipe, Span<byte> packet)
    {
        int* ends = stackalloc int[2];
        if (LibC.pipe2(ends, LibC.O_CLOEXEC | LibC.O_NONBLOCK) < 0) { return Errno.Last; }
        using var reader = new OwnedFd(ends[0]);
        using var writer = new OwnedFd(ends[1]);
        return LibC.tee(pipe.Value, writer.Value, (nuint)packet.Length, LibC.SPLICE_F_NONBLOCK) < 0 ? Errno.Last : Sys.Read(reader.Fd, packet);
    }

    /// <returns>Null for a packet of another kind.</returns>
    public static AutofsRequest? Parse(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < LibC.AutofsPacketSize) { return null; }
        int type = Unsafe.ReadUnaligned<int>(in packet[4]);
        if (type is not (LibC.autofs_ptype_missing_direct or LibC.autofs_ptype_expire_direct)) { return null; }
        return new AutofsRequest(type == LibC.autofs_ptype_expire_direct, Unsafe.ReadUnaligned<uint>(in packet[8]), Unsafe.ReadUnaligned<int>(in packet[32]));
    }

    private static Errno Simple(uint command, Fd mount, uint first, uint second)
    {
        var request = new Request { Major = 1, Size = (uint)sizeof(Request), Fd = mount.Value, First = first, Second = second };
        return Control(command, (byte*)&request);
    }

    private static Errno Control(uint command, byte* request)
    {
        Result<OwnedFd> device = Sys.Open(s_device, LibC.O_RDONLY | LibC.O_CLOEXEC);
        if (device.Failed) { return device.Error; }
        using OwnedFd fd = device.Value;
        return Errno.FromResult(LibC.ioctl(fd.Value, command, (nint)request));
    }

    /// <summary>The kernel's new_encode_dev.</summary>
    private static uint Encode(ulong device)
    {
        uint major = (uint)(device >> 32), minor = (uint)device;
        return (minor & 0xff) | (major << 8) | ((minor & ~0xffu) << 12);
    }
}
