using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using SysMaster.Linux;

namespace SysMaster.RandomSeed;

/// <summary>The kernel's pool. random(4).</summary>
internal sealed unsafe class EntropyPool(string device = "/dev/urandom") : IDisposable
{
    private const int SizeMin = 32;
    private const int SizeMax = 10 << 20;
    private const nuint RNDADDENTROPY = 0x40085203;   // _IOW('R', 3, int[2])

    private OwnedFd? _device;

    /// <summary>Bytes that the kernel's pool holds; what a seed should have at least.</summary>
    public static int Size()
    {
        Result<byte[]> read = Sys.ReadFile(new ByteText("/proc/sys/kernel/random/poolsize"u8), 64);
        int bits = 0;
        if (!read.Failed) { _ = int.TryParse(Encoding.ASCII.GetString(read.Value).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out bits); }
        return Math.Clamp(bits / 8, SizeMin, SizeMax);
    }

    public Errno Open(bool writable)
    {
        Result<OwnedFd> open = Sys.Open(new ByteText(device), (writable ? LibC.O_RDWR : LibC.O_RDONLY) | LibC.O_NOCTTY);
        if (!open.Failed) { _device = open.Value; }
        return open.Error;
    }

    /// <summary>Two machines from one image begin to differ here at the latest. Not secret, so never counted.</summary>
    public void MixMachineId(string path = "/etc/machine-id")
    {
        Result<byte[]> read = Sys.ReadFile(new ByteText(path), 64);
        if (read.Failed)
        {
            Say.Debug($"Failed to get machine ID, ignoring: {read.Error}");
            return;
        }
        byte[] id;
        try { id = Convert.FromHexString(Encoding.ASCII.GetString(read.Value).Trim()); }
        catch (FormatException)
        {
            Say.Debug($"{path} holds no machine ID, ignoring.");
            return;
        }
        Errno mixed = Sys.WriteAll(_device!.Fd, id);
        if (mixed.Failed) { Say.Debug($"Failed to write machine ID to {device}, ignoring: {mixed}"); }
    }

    /// <param name="seed">Bytes to mix in.</param>
    /// <param name="credit">Whether the kernel is to count them as entropy, all of them.</param>
    public Errno Mix(ReadOnlySpan<byte> seed, bool credit)
    {
        if (!credit) { return Sys.WriteAll(_device!.Fd, seed); }
        // struct rand_pool_info: bits of entropy, bytes, the bytes.
        byte[] info = new byte[8 + seed.Length];
        MemoryMarshal.Write(info, seed.Length * 8);
        MemoryMarshal.Write(info.AsSpan(4), seed.Length);
        seed.CopyTo(info.AsSpan(8));
        fixed (byte* p = info) { return Errno.FromResult(LibC.ioctl(_device!.Value, RNDADDENTROPY, (nint)p)); }
    }

    /// <summary>Random bytes: of getrandom(2), which waits for the pool where that is wanted; else of the device, which always answers.</summary>
    /// <returns>Whether they came from an initialised pool, and so may be counted one day.</returns>
    public Result<bool> Fill(Span<byte> to, bool wait)
    {
        Errno error = Sys.Random(to, wait: false);
        if (error == Errno.EAGAIN && wait)
        {
            Say.Notice("Kernel entropy pool is not initialized yet, waiting until it is.");
            error = Sys.Random(to, wait: true);
        }
        if (!error.Failed) { return true; }
        Say.Debug($"Failed to read random data with getrandom(), falling back to {device}: {error}");
        for (int had = 0; had < to.Length;)
        {
            Result<int> read = Sys.Read(_device!.Fd, to[had..]);
            if (read.Failed) { return read.Error; }
            if (read.Value == 0) { return Errno.EIO; }
            had += read.Value;
        }
        return false;
    }

    public void Dispose() => _device?.Dispose();
}
