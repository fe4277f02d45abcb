using SysMaster.Linux;

namespace SysMaster.RandomSeed;

/// <summary>The two verbs over one seed file.</summary>
internal sealed class Seed(ByteText path, Credit? credit = null, EntropyPool? pool = null)
{
    private readonly Credit _credit = credit ?? Credit.OfThisBoot();
    private readonly EntropyPool _pool = pool ?? new EntropyPool();

    /// <summary>The old seed into the kernel, then a new one in its place. Waits for the kernel's pool.</summary>
    /// <returns>The exit code.</returns>
    public int Load()
    {
        if (!MakeDirectory()) { return 1; }
        Errno opened = _pool.Open(writable: true);
        if (opened.Failed) { return Say.Error("Failed to open /dev/urandom", opened); }
        _pool.MixMachineId();

        Result<SeedFile> open = SeedFile.OpenToLoad(path);
        // Nothing was ever stored, and on a read-only file system nothing can be: no fault of this boot.
        if (open.Failed && open.Error == Errno.ENOENT) { return 0; }
        if (open.Failed) { return Say.Error($"Failed to open {path} for reading", open.Error); }
        using SeedFile file = open.Value;
        if (file.WriteError.Failed) { Say.Warning($"Failed to open {path} for writing", file.WriteError); }

        int size = file.SeedSize(EntropyPool.Size());
        Result<byte[]> read = file.Read(size);
        byte[] old = read.Failed ? [] : read.Value;
        // What cannot be mixed in is a pity; the boot goes on, and the next one has a new seed.
        if (read.Failed) { _ = Say.Error($"Failed to read seed from {path}", read.Error); }
        else if (old.Length == 0) { Say.Info($"Seed file {path} not yet initialized, proceeding."); }
        else if (_pool.Mix(old, MayCredit(file)) is { Failed: true } refused) { _ = Say.Error("Failed to write seed to /dev/urandom", refused); }
        return file.WriteError.Failed ? 0 : Store(file, size, old, wait: true);
    }

    /// <summary>A new seed for the next boot. Never waits.</summary>
    /// <returns>The exit code.</returns>
    public int Save()
    {
        if (!MakeDirectory()) { return 1; }
        Errno opened = _pool.Open(writable: false);
        if (opened.Failed) { return Say.Error("Failed to open /dev/urandom", opened); }
        Result<SeedFile> open = SeedFile.OpenToSave(path);
        if (open.Failed) { return Say.Error($"Failed to open {path}", open.Error); }
        using SeedFile file = open.Value;
        return Store(file, file.SeedSize(EntropyPool.Size()), old: null, wait: false);
    }

    private bool MakeDirectory()
    {
        int slash = path.Span.LastIndexOf((byte)'/');
        Errno made = Sys.MkdirAll(path.Span[..slash], 0x1ED);
        if (!made.Failed || made == Errno.EROFS) { return true; }
        _ = Say.Error($"Failed to create directory {new ByteText(path.Span[..slash])}", made);
        return false;
    }

    /// <summary>A seed counts once: the mark goes, and is gone on the disk, before the kernel hears of it.</summary>
    private bool MayCredit(SeedFile file)
    {
        if (file.WriteError.Failed)
        {
            Say.Debug("The seed file cannot be written, so a seed could be used again: not crediting entropy.");
            return false;
        }
        if (!_credit.Allows(file.Mark)) { return false; }
        Errno gone = file.RemoveMark();
        if (!gone.Failed) { return true; }
        Say.Warning("Failed to synchronize seed to disk, not crediting entropy", gone);
        return false;
    }

    private int Store(SeedFile file, int size, byte[]? old, bool wait)
    {
        byte[] fresh = new byte[size];
        Result<bool> filled = _pool.Fill(fresh, wait);
        if (filled.Failed) { return Say.Error("Failed to read new seed from /dev/urandom", filled.Error); }
        if (old is not null) { CarryOver(old, fresh); }
        Errno stored = file.Replace(fresh, creditable: filled.Value);
        return stored.Failed ? Say.Error("Failed to write new random seed file", stored) : 0;
    }

    /// <summary>The new seed is at least as good as the old: its end is a hash of both, each with its length before it (size_t, this machine's order).</summary>
    internal static void CarryOver(ReadOnlySpan<byte> old, Span<byte> fresh)
    {
        var hash = new Sha256();
        hash.AddLength(old.Length);
        hash.Add(old);
        hash.AddLength(fresh.Length);
        hash.Add(fresh);
        Span<byte> digest = stackalloc byte[Sha256.Size];
        hash.Finish(digest);
        int taken = Math.Min(digest.Length, fresh.Length);
        digest[..taken].CopyTo(fresh[^taken..]);
    }
}
