using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>EnvironmentFile=: read when the process starts, never before. Globs are allowed.</summary>
internal static class EnvironmentFiles
{
    private const int Limit = 4 << 20;

    /// <returns>Why a file that must be there could not be read: the process is then not started.</returns>
    public static Errno Read(Unit unit, OptionalPath file, List<ByteText> block)
    {
        if (!UnitName.IsGlob(file.Path.Span)) { return ReadOne(unit, file.Path, file.MayBeMissing, block); }
        List<ByteText> paths = PathGlob.Expand(file.Path);
        if (paths.Count == 0 && !file.MayBeMissing) { return Errno.ENOENT; }
        foreach (ByteText path in paths)
        {
            Errno error = ReadOne(unit, path, file.MayBeMissing, block);
            if (error.Failed) { return error; }
        }
        return Errno.None;
    }

    private static Errno ReadOne(Unit unit, ByteText path, bool mayBeMissing, List<ByteText> block)
    {
        Result<byte[]> content = Sys.ReadFile(path, Limit);
        if (content.Failed) { return mayBeMissing ? Errno.None : content.Error; }
        var reader = new EnvironmentFileReader(content.Value);
        while (reader.MoveNext())
        {
            if (EnvironmentText.IsValidAssignment(reader.Assignment)) { block.Add(new ByteText(reader.Assignment)); }
            else { Log.Error(unit, $"Ignoring invalid environment assignment '{new ByteText(reader.Assignment).ToString()}': {path.ToString()}"); }
        }
        reader.Dispose();
        return Errno.None;
    }
}

/// <summary>Paths with wildcards in their last component, the way they are used in EnvironmentFile=.</summary>
internal static class PathGlob
{
    public static List<ByteText> Expand(ByteText pattern)
    {
        var found = new List<ByteText>();
        ReadOnlySpan<byte> span = pattern.Span;
        int slash = span.LastIndexOf((byte)'/');
        var directory = new ByteText(span[..Math.Max(slash, 1)]);
        var last = new ByteText(span[(slash + 1)..]);
        Result<DirectoryReader> open = Sys.OpenDirectory(directory);
        if (open.Failed) { return found; }
        using DirectoryReader reader = open.Value;
        foreach (DirectoryEntry entry in reader)
        {
            if (entry.Name[0] != (byte)'.' && SysMaster.UnitFiles.Install.Glob.Matches(last.ToString(), System.Text.Encoding.UTF8.GetString(entry.Name)))
            {
                found.Add(new ByteText($"{directory.ToString()}/{System.Text.Encoding.UTF8.GetString(entry.Name)}"));
            }
        }
        found.Sort();
        return found;
    }
}
