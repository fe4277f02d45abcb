using SysMaster.Linux;

namespace SysMaster.UnitFiles;

/// <summary>A whole environment file into a list.</summary>
public static class EnvironmentFile
{
    /// <param name="file">The bytes of the file.</param>
    /// <param name="environment">Receives the valid assignments.</param>
    /// <param name="invalid">Receives the others, for "Ignoring invalid environment assignment '…': FILE"; null drops them.</param>
    /// <returns>EBADMSG when a NUL, EINVAL when something that is no UTF-8 is in it; nothing is taken then.</returns>
    public static Errno Load(ReadOnlySpan<byte> file, EnvironmentList environment, List<ByteText>? invalid = null)
    {
        if (file.Contains((byte)0)) { return Errno.EBADMSG; }
        using (var check = new EnvironmentFileReader(file))
        {
            while (check.MoveNext())
            {
                if (!Ascii.IsUtf8(check.Assignment)) { return Errno.EINVAL; }
            }
        }
        using var reader = new EnvironmentFileReader(file);
        while (reader.MoveNext())
        {
            if (EnvironmentText.IsValidAssignment(reader.Assignment)) { environment.Set(new ByteText(reader.Assignment)); }
            else { invalid?.Add(new ByteText(reader.Assignment)); }
        }
        return Errno.None;
    }
}
