using SysMaster.Linux;

namespace SysMaster.Sctl.Slots;

/// <summary>
/// The files of the machine (or of a root file system below <c>--root</c>) as slots change them: every change is one rename, with the directory synced after it,
/// so that an interruption leaves the old or the new state, never half of one.
/// </summary>
internal sealed class SlotTree(string root)
{
    private readonly string _root = root.Length == 0 ? "" : Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)) is "/" ? "" : Path.GetFullPath(root).TrimEnd('/');

    /// <summary>Called before each change with its description: tests interrupt there.</summary>
    public Action<string>? BeforeChange { get; init; }

    /// <summary>Is this the running machine?</summary>
    public bool IsHost => _root.Length == 0;

    /// <summary>The path in the file system of the caller. Links in the middle of a path are followed below the root's own tree only by their relative form.</summary>
    public string At(string path) => _root + path;

    public bool Exists(string path) => Path.Exists(At(path)) || LinkTarget(path) is not null;

    public bool IsFile(string path) => File.Exists(At(path));

    /// <returns>What a symbolic link says; null: no link.</returns>
    public string? LinkTarget(string path)
    {
        try { return new FileInfo(At(path)).LinkTarget; }
        catch (IOException) { return null; }   // no such directory: no link either
    }

    /// <returns>A link's target as an absolute path of this tree; null: no link.</returns>
    public string? ResolvedLink(string path) =>
        LinkTarget(path) is not { } target ? null : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path) ?? "/", target));

    public string? ReadText(string path) => IsFile(path) ? File.ReadAllText(At(path)) : null;

    public IEnumerable<string> Files(string directory, string pattern) =>
        !Directory.Exists(At(directory)) ? [] : Directory.EnumerateFiles(At(directory), pattern).Select(file => directory + "/" + Path.GetFileName(file)).Order(StringComparer.Ordinal);

    public void WriteText(string path, string text)
    {
        BeforeChange?.Invoke("write " + path);
        Directory.CreateDirectory(At(Path.GetDirectoryName(path)!));
        string temporary = Temporary(path);
        using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        Replace(temporary, path);
    }

    public void PlaceLink(string target, string path)
    {
        BeforeChange?.Invoke("link " + path);
        Directory.CreateDirectory(At(Path.GetDirectoryName(path)!));
        string temporary = Temporary(path);
        File.CreateSymbolicLink(temporary, target);
        Replace(temporary, path);
    }

    /// <summary>A second name for what is there: the first stays in its place.</summary>
    public void Keep(string path, string kept)
    {
        BeforeChange?.Invoke("keep " + path);
        string temporary = Temporary(kept);
        Errno error = Sys.HardLink((ByteText)At(path), (ByteText)temporary);
        if (error.Failed) { throw new IOException($"Cannot keep {path} as {kept}: {error}"); }
        Replace(temporary, kept);
    }

    public void Rename(string from, string to)
    {
        BeforeChange?.Invoke($"rename {from} {to}");
        Replace(At(from), to);
    }

    public void Remove(string path)
    {
        if (!Exists(path)) { return; }
        BeforeChange?.Invoke("remove " + path);
        File.Delete(At(path));
        SyncDirectory(path);
    }

    private void Replace(string temporary, string path)
    {
        Errno error = Sys.Rename((ByteText)temporary, (ByteText)At(path));
        if (error.Failed) { throw new IOException($"Cannot replace {path}: {error}"); }
        SyncDirectory(path);
    }

    /// <summary>Beside its place, so that a rename suffices; what an interrupted run left is gone first.</summary>
    private string Temporary(string path)
    {
        string temporary = At(Path.Combine(Path.GetDirectoryName(path)!, ".sysmaster-" + Path.GetFileName(path)));
        File.Delete(temporary);
        return temporary;
    }

    private void SyncDirectory(string path)
    {
        Result<OwnedFd> directory = Sys.Open((ByteText)At(Path.GetDirectoryName(path)!), LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_CLOEXEC);
        if (directory.Failed) { return; }
        using OwnedFd fd = directory.Value;
        LibC.fsync(fd.Fd.Value);
    }
}
