using SysMaster.Linux;

namespace SysMaster.RandomSeed;

/// <summary>/var/lib/systemd/random-seed: 0600 root, as long as the kernel's pool or longer, with a mark that says whether it may be counted.</summary>
internal sealed unsafe class SeedFile : IDisposable
{
    public const string StandardPath = "/var/lib/systemd/random-seed";
    public const string MarkName = "user.random-seed-creditable";

    private const uint Rights = 0x180;
    private const int Largest = 10 << 20;

    private readonly ByteText _path;
    private OwnedFd _file;

    private SeedFile(ByteText path, OwnedFd file, Errno writeError)
    {
        _path = path;
        _file = file;
        WriteError = writeError;
    }

    /// <summary>Why it can only be read; None where it can be written.</summary>
    public Errno WriteError { get; }

    /// <summary>The value of the mark; null: none, or the file system has no such thing.</summary>
    public string? Mark => Sys.GetXattr(_file.Fd, new ByteText(MarkName)) is { Failed: false } mark ? mark.Value.ToString() : null;

    /// <summary>Made if it is not there; only to read where it cannot be written. ENOENT: neither.</summary>
    public static Result<SeedFile> OpenToLoad(ByteText path)
    {
        Result<OwnedFd> open = Sys.Open(path, LibC.O_RDWR | LibC.O_CREAT | LibC.O_NOCTTY | LibC.O_NONBLOCK, Rights);
        if (!open.Failed) { return new SeedFile(path, open.Value, Errno.None); }
        Result<OwnedFd> reading = Sys.Open(path, LibC.O_RDONLY | LibC.O_NOCTTY | LibC.O_NONBLOCK);
        return reading.Failed ? reading.Error : new SeedFile(path, reading.Value, open.Error);
    }

    public static Result<SeedFile> OpenToSave(ByteText path)
    {
        Result<OwnedFd> open = Sys.Open(path, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_NOCTTY | LibC.O_NONBLOCK, Rights);
        return open.Failed ? open.Error : new SeedFile(path, open.Value, Errno.None);
    }

    /// <summary>At least the pool's size; a longer seed keeps its length, up to 10 MiB.</summary>
    public int SeedSize(int poolSize)
    {
        Result<FileStat> stat = Sys.Stat(_file.Fd);
        return stat.Failed ? poolSize : (int)Math.Clamp(stat.Value.Size, poolSize, Largest);
    }

    /// <summary>At most so many bytes, from the start; empty for an empty file.</summary>
    public Result<byte[]> Read(int most)
    {
        byte[] bytes = new byte[most];
        int had = 0;
        while (had < most)
        {
            Result<int> read = Sys.Read(_file.Fd, bytes.AsSpan(had));
            if (read.Failed) { return read.Error; }
            if (read.Value == 0) { break; }
            had += read.Value;
        }
        return bytes[..had];
    }

    /// <summary>The mark is gone, and the disk knows.</summary>
    public Errno RemoveMark()
    {
        fixed (byte* name = new ByteText(MarkName).CString)
        {
            Errno gone = Errno.FromResult(LibC.fremovexattr(_file.Value, name));
            if (gone.Failed && gone != Errno.ENODATA && gone != Errno.EOPNOTSUPP) { return gone; }
        }
        return Errno.FromResult(LibC.fsync(_file.Value));
    }

    /// <summary>A new seed instead of this one: by rename, so that a crash leaves the old or the new; in place where that cannot be.</summary>
    public Errno Replace(ReadOnlySpan<byte> seed, bool creditable)
    {
        if (Renamed(seed, creditable)) { return Errno.None; }
        if (LibC.lseek(_file.Value, 0, LibC.SEEK_SET) < 0) { return Errno.Last; }
        return Write(_file, seed, creditable);
    }

    public void Dispose() => _file.Dispose();

    private bool Renamed(ReadOnlySpan<byte> seed, bool creditable)
    {
        Result<FileStat> entry = Sys.Stat(_path, followLinks: false);
        if (entry.Failed || !entry.Value.IsRegular) { return false; }   // a link leads to where its owner wants the seed
        var beside = new ByteText(_path.ToString() + ".new");
        _ = Sys.Unlink(beside);
        Result<OwnedFd> open = Sys.Open(beside, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL | LibC.O_NOFOLLOW | LibC.O_NOCTTY, Rights);
        if (open.Failed) { return false; }
        Errno done = Write(open.Value, seed, creditable);
        if (!done.Failed) { done = Sys.Rename(beside, _path); }
        if (done.Failed)
        {
            Say.Debug($"{beside}: {done}; the seed is written in place.");
            _ = Sys.Unlink(beside);
            open.Value.Dispose();
            return false;
        }
        SyncDirectory();
        _file.Dispose();
        _file = open.Value;
        return true;
    }

    private void SyncDirectory()
    {
        Result<OwnedFd> directory = Sys.Open(_path.Span[..Math.Max(_path.Span.LastIndexOf((byte)'/'), 1)], LibC.O_RDONLY | LibC.O_DIRECTORY);
        if (directory.Failed) { return; }
        using OwnedFd open = directory.Value;
        if (LibC.fsync(open.Value) < 0) { Say.Warning("Failed to synchronize the directory of the seed file", Errno.Last); }
    }

    /// <summary>All bytes, nothing after them, on the disk; only then the mark.</summary>
    private static Errno Write(OwnedFd file, ReadOnlySpan<byte> seed, bool creditable)
    {
        if (LibC.fchmod(file.Value, Rights) < 0 || LibC.fchown(file.Value, 0, 0) < 0) { Say.Debug($"Failed to adjust seed file ownership and access mode: {Errno.Last}"); }
        Errno written = Sys.WriteAll(file.Fd, seed);
        if (written.Failed) { return written; }
        if (LibC.ftruncate(file.Value, seed.Length) < 0 || LibC.fsync(file.Value) < 0) { return Errno.Last; }
        if (!creditable) { return Errno.None; }
        Errno marked = Sys.SetXattr(file.Fd, new ByteText(MarkName), "1"u8);
        if (marked.Failed) { Say.Debug($"Failed to mark seed file as creditable, ignoring: {marked}"); }
        return Errno.None;
    }
}
