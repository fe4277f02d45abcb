using System.Text;
using SysMaster.Linux;

namespace SysMaster.Lint;

/// <summary>What can be mended without a person: an old name that means another directive today becomes that one's. All else in the file stays byte by byte.</summary>
public static class Mend
{
    /// <returns>How many lines were changed; the error when the file could not be written, it is then as it was.</returns>
    public static Result<int> File(string path, IEnumerable<Finding> findings)
    {
        Dictionary<int, Finding> changes = findings.Where(f => f.File == path && f.NewKey is not null && f.Line > 0).ToDictionary(f => f.Line);
        if (changes.Count == 0) { return 0; }
        Result<byte[]> content = Sys.ReadFile((ByteText)path, 64 << 20);
        if (content.Failed) { return content.Error; }
        var output = new MemoryStream();
        int line = 0, changed = 0;
        ReadOnlySpan<byte> rest = content.Value;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> one = end < 0 ? rest : rest[..(end + 1)];
            rest = rest[one.Length..];
            line++;
            ReadOnlySpan<byte> trimmed = one.TrimStart(" \t"u8);
            if (changes.TryGetValue(line, out Finding? change) && trimmed.StartsWith(Encoding.UTF8.GetBytes(change.Key)))
            {
                output.Write(one[..(one.Length - trimmed.Length)]);
                output.Write(Encoding.UTF8.GetBytes(change.NewKey!));
                output.Write(trimmed[Encoding.UTF8.GetByteCount(change.Key)..]);
                changed++;
            }
            else { output.Write(one); }
        }

        string temporary = path + ".sctl-lint";
        Result<FileStat> stat = Sys.Stat((ByteText)path);
        Errno error = Sys.WriteFile((ByteText)temporary, output.GetBuffer().AsSpan(0, (int)output.Length), LibC.O_WRONLY | LibC.O_CREAT | LibC.O_TRUNC | LibC.O_NOFOLLOW, stat.Failed ? 0x1A4 : stat.Value.Mode & 0xFFF);
        if (!error.Failed) { error = Sys.Rename((ByteText)temporary, (ByteText)path); }
        return error.Failed ? error : changed;
    }
}
