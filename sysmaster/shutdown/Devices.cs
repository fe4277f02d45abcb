using System.Buffers.Binary;
using System.Buffers.Text;
using SysMaster.Linux;
using SysMaster.Spawn.Pid1;

namespace SysMaster.Shutdown;

/// <summary>Swap, loop, MD and DM devices: each detaches all of its kind but the one the root lies on.</summary>
internal static unsafe class Devices
{
    private const uint LOOP_CLR_FD = 0x4C01;
    private const uint STOP_ARRAY = 0x932;
    private const uint DM_DEV_REMOVE = 0xC138FD04;
    private const int SizeOfDmIoctl = 312;
    private static readonly int SYS_statx = LibC.IsArm64 ? 291 : 332;

    public static (bool Changed, bool Left) Swaps()
    {
        bool changed = false, left = false;
        ReadOnlySpan<byte> text = Content("/proc/swaps"u8);
        bool head = true;
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range];
            int end = line.IndexOfAny((byte)' ', (byte)'\t');
            if (head || end <= 0) { head = false; continue; }
            ByteText path = MountInfoLine.Unescape(line[..end]);
            Log.Say(Log.Info, "Deactivating swap "u8, path.Span, "."u8);
            Errno e = Bounded.Run(() => Off(path), seconds: 90);
            changed |= !e.Failed;
            left |= e.Failed;
        }
        return (changed, left);
    }

    public static (bool Changed, bool Left) Loops() => Each("loop"u8, "/loop/backing_file"u8, static (path, _) => Control(path, LOOP_CLR_FD));

    public static (bool Changed, bool Left) Arrays() => Each("md"u8, "/md/array_state"u8, static (path, _) => Control(path, STOP_ARRAY));

    public static (bool Changed, bool Left) Mappings() => Each("dm-"u8, "/dm/name"u8, static (_, number) => RemoveMapping(number));

    private static Errno Off(ByteText path)
    {
        fixed (byte* p = path.CString) { return Errno.FromResult(LibC.swapoff(p)); }
    }

    private static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> path)
    {
        Result<byte[]> file = Sys.ReadFile(path, 1 << 20);
        return file.Failed ? default : file.Value.AsSpan().TrimEnd((byte)'\n');
    }

    /// <summary>Block devices of a kind are those whose name begins so and that have its attribute: a free loop device has none.</summary>
    private static (bool Changed, bool Left) Each(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> attribute, Func<ByteText, (uint, uint), Errno> detach)
    {
        bool changed = false, left = false;
        (uint, uint) root = RootDevice();
        foreach (ByteText name in Folder.Names((ByteText)"/sys/block"))
        {
            if (!name.StartsWith(prefix) || !Sys.Exists(Folder.Join("/sys/block/"u8, name.Span, attribute))) { continue; }
            ReadOnlySpan<byte> numbers = Content(Folder.Join("/sys/block/"u8, name.Span, "/dev"u8).Span);
            if (!Numbers(numbers, out (uint, uint) number) || number == root) { continue; }
            ByteText path = Folder.Join("/dev/"u8, name.Span);
            Log.Say(Log.Info, "Detaching "u8, path.Span, "."u8);
            Errno e = Bounded.Run(() => detach(path, number));
            changed |= !e.Failed;
            left |= e.Failed && e != Errno.ENXIO && e != Errno.ENODEV;
        }
        return (changed, left);
    }

    private static bool Numbers(ReadOnlySpan<byte> text, out (uint Major, uint Minor) number)
    {
        number = default;
        int colon = text.IndexOf((byte)':');
        return colon > 0 && Utf8Parser.TryParse(text, out number.Major, out _) && Utf8Parser.TryParse(text[(colon + 1)..], out number.Minor, out _);
    }

    private static (uint, uint) RootDevice()
    {
        byte* statx = stackalloc byte[256];
        fixed (byte* root = "/"u8)
        {
            nint r = LibC.syscall(SYS_statx, LibC.AT_FDCWD, (nint)root, 0, 0, (nint)statx);
            return r == 0 ? (*(uint*)(statx + 136), *(uint*)(statx + 140)) : default;   // stx_dev_major, stx_dev_minor
        }
    }

    private static Errno Control(ByteText path, uint request)
    {
        Result<OwnedFd> open = Sys.Open(path, LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_NOCTTY);
        if (open.Failed) { return open.Error; }
        using OwnedFd fd = open.Value;
        return Errno.FromResult(LibC.ioctl(fd.Value, request, 0));
    }

    /// <summary>By its number: struct dm_ioctl has the version, its size (12), where data would start (16) and the device (40).</summary>
    private static Errno RemoveMapping((uint Major, uint Minor) number)
    {
        Result<OwnedFd> open = Sys.Open((ByteText)"/dev/mapper/control", LibC.O_RDWR);
        if (open.Failed) { return open.Error; }
        using OwnedFd fd = open.Value;
        Span<byte> request = stackalloc byte[SizeOfDmIoctl];
        request.Clear();
        request[0] = 4;
        BinaryPrimitives.WriteUInt32LittleEndian(request[12..], SizeOfDmIoctl);
        BinaryPrimitives.WriteUInt32LittleEndian(request[16..], SizeOfDmIoctl);
        ulong device = (number.Minor & 0xff) | (number.Major & 0xfff) << 8 | ((ulong)number.Minor & ~0xfful) << 12;
        BinaryPrimitives.WriteUInt64LittleEndian(request[40..], device);
        fixed (byte* p = request) { return Errno.FromResult(LibC.ioctl(fd.Value, DM_DEV_REMOVE, (nint)p)); }
    }
}
