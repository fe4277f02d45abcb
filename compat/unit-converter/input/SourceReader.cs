using System.Text;
using SysMaster.Linux;

namespace SysMaster.UnitConverter.Input;

/// <summary>Reads foreign files: whatever is behind the name, it neither blocks nor fills the memory.</summary>
internal static class SourceReader
{
    /// <summary>Far above any real table or script.</summary>
    public const int Limit = 1 << 20;

    public static Result<byte[]> Read(string path, out string problem)
    {
        Result<OwnedFd> open = Sys.Open(Path(path), LibC.O_RDONLY | LibC.O_NOCTTY | LibC.O_NONBLOCK);
        if (open.Failed)
        {
            problem = $"cannot be read: {open.Error}";
            return open.Error;
        }
        using OwnedFd fd = open.Value;
        Result<FileStat> stat = Sys.Stat(fd.Fd);
        if (stat.Failed || !stat.Value.IsRegular)
        {
            problem = "is no regular file";
            return Errno.EINVAL;
        }
        Result<byte[]> bytes = Sys.ReadToEnd(fd.Fd, Limit);
        problem = bytes.Failed ? bytes.Error == Errno.EFBIG ? $"is larger than {Limit >> 10} KiB" : $"cannot be read: {bytes.Error}" : "";
        return bytes;
    }

    /// <summary>The names in a folder, sorted by their bytes.</summary>
    public static IReadOnlyList<string> List(string folder, out string problem)
    {
        problem = "";
        Result<DirectoryReader> open = Sys.OpenDirectory(Path(folder));
        if (open.Failed)
        {
            problem = $"cannot be read: {open.Error}";
            return [];
        }
        var names = new List<string>();
        using DirectoryReader reader = open.Value;
        foreach (DirectoryEntry entry in reader) { names.Add(Name(entry.Name)); }
        if (reader.Error.Failed) { problem = $"cannot be read to its end: {reader.Error}"; }
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    public static ByteText Path(string path) => new(SourceText.Encode(path));

    private static string Name(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOfAnyExceptInRange((byte)1, (byte)127) < 0) { return Encoding.ASCII.GetString(bytes); }
        SourceText? text = SourceText.Decode("", bytes, out _, out _);
        return text?.Text ?? "";
    }
}
