using System.Globalization;
using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>Replaces a file in one step. What fails is logged: the client that asked is told, and it is the machine's trouble as well.</summary>
internal static class SafeFile
{
    private const string Beside = ".tmp";

    private static int s_last;

    /// <summary>By its name: a manager was killed between its writing and its renaming.</summary>
    public static bool IsUnfinished(ByteText name) => name.ToString().Contains(Beside, StringComparison.Ordinal);

    public static Errno Replace(ByteText path, ReadOnlySpan<byte> content)
    {
        var beside = new ByteText(string.Create(CultureInfo.InvariantCulture, $"{path}{Beside}{Environment.ProcessId}-{++s_last}"));
        Errno error = Sys.WriteFile(beside, content, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL | LibC.O_NOFOLLOW);
        if (!error.Failed) { error = Sys.Rename(beside, path); }
        if (!error.Failed) { return Errno.None; }
        _ = Sys.Unlink(beside);
        Log.Warning($"Failed to write {path.ToString()}: {error.ToString()}");
        return error;
    }
}
