using System.Text;
using SysMaster.Linux;
using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter.Output;

/// <summary>Puts units into a folder. What is there stays, unless told otherwise; a file is there whole or not at all.</summary>
/// <param name="folder">Made when it is missing.</param>
/// <param name="force">Replace what is there.</param>
internal sealed class UnitWriter(string folder, bool force)
{
    /// <returns>What went wrong, for people; null when it is written.</returns>
    public string? Write(string name, string text)
    {
        string path = $"{folder}/{name}", parent = path[..path.LastIndexOf('/')];
        Errno made = Sys.MkdirAll(SourceReader.Path(parent), 0x1ED);
        if (made.Failed) { return $"{parent}: {made}"; }
        if (!force && Sys.Stat(SourceReader.Path(path), followLinks: false).Error != Errno.ENOENT) { return $"{path} is there already: --force replaces it"; }
        string fresh = $"{parent}/.{path[(path.LastIndexOf('/') + 1)..]}.{Environment.ProcessId}";
        Errno written = Fresh(fresh, Encoding.UTF8.GetBytes(text));
        // link(2) would not replace; rename(2) does: what came in between is what --force is for.
        Errno named = written.Failed ? written : Sys.Rename(SourceReader.Path(fresh), SourceReader.Path(path));
        if (named.Failed) { Sys.Unlink(SourceReader.Path(fresh)); }
        return named.Failed ? $"{path}: {named}" : null;
    }

    private static Errno Fresh(string path, byte[] bytes)
    {
        Result<OwnedFd> open = Sys.Open(SourceReader.Path(path), LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL | LibC.O_NOFOLLOW, 0x1A4);
        if (open.Failed) { return open.Error; }
        using OwnedFd fd = open.Value;
        return Sys.WriteAll(fd.Fd, bytes);
    }
}
