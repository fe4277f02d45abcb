using System.Globalization;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>Replaces a file in one step.</summary>
internal static class SafeFile
{
    private static int s_last;

    public static Errno Replace(ByteText path, ReadOnlySpan<byte> content)
    {
        var beside = new ByteText(string.Create(CultureInfo.InvariantCulture, $"{path}.tmp{Environment.ProcessId}-{++s_last}"));
        Errno error = Sys.WriteFile(beside, content, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL | LibC.O_NOFOLLOW);
        if (!error.Failed) { error = Sys.Rename(beside, path); }
        if (error.Failed) { _ = Sys.Unlink(beside); }
        return error;
    }
}
