using System.Globalization;
using System.Text;
using SysMaster.Linux;

namespace SysMaster.Core.Boot;

/// <summary>
/// Who a user's manager runs as and where this user's files lie. From the environment that PAM and the system's manager gave us
/// (user@.service has User= and PAMName=); what is missing there is looked up in the files. No user database is asked: that could block.
/// </summary>
public sealed class UserAccount(IReadOnlyList<ByteText> environment, string root = "")
{
    public uint Uid { get; init; } = LibC.getuid();

    public uint Gid { get; init; } = LibC.getgid();

    /// <summary>XDG_RUNTIME_DIR; null without one, and then there is no manager.</summary>
    public string? RuntimeDirectory => Directory("XDG_RUNTIME_DIR");

    public ManagerOptions Options()
    {
        string[]? account = Line("/etc/passwd", 2, Uid);
        string home = Directory("HOME") ?? Field(account, 5) ?? "/";
        return new ManagerOptions
        {
            IsSystem = false,
            Uid = Uid,
            Gid = Gid,
            RuntimeDirectory = RuntimeDirectory ?? "",
            UserName = Variable("USER") ?? Variable("LOGNAME") ?? Field(account, 0) ?? Text(Uid),
            GroupName = Field(Line("/etc/group", 2, Gid), 0) ?? Text(Gid),
            Home = home,
            Shell = Variable("SHELL") ?? Field(account, 6) ?? "/bin/sh",
            ConfigHome = Directory("XDG_CONFIG_HOME") ?? $"{home}/.config",
            CacheHome = Directory("XDG_CACHE_HOME") ?? $"{home}/.cache",
            StateHome = Directory("XDG_STATE_HOME") ?? $"{home}/.local/state",
            DataHome = Directory("XDG_DATA_HOME") ?? $"{home}/.local/share",
        };
    }

    /// <summary>Null when it is not set, or empty.</summary>
    public string? Variable(string name)
    {
        foreach (ByteText variable in environment)
        {
            string text = variable.ToString();
            if (text.Length > name.Length + 1 && text[name.Length] == '=' && text.StartsWith(name, StringComparison.Ordinal)) { return text[(name.Length + 1)..]; }
        }
        return null;
    }

    /// <summary>Relative paths in these variables are invalid and to be ignored: XDG Base Directory Specification.</summary>
    private string? Directory(string name)
    {
        string? path = Variable(name);
        return path is null || path[0] != '/' ? null : path.Length > 1 ? path.TrimEnd('/') : path;
    }

    private static string? Field(string[]? fields, int index) => fields is not null && index < fields.Length && fields[index].Length > 0 ? fields[index] : null;

    private string[]? Line(string file, int column, uint id)
    {
        Result<byte[]> content = Sys.ReadFile(new ByteText(root + file), 1 << 20);
        if (content.Failed) { return null; }
        string wanted = Text(id);
        foreach (string line in Encoding.UTF8.GetString(content.Value).Split('\n'))
        {
            string[] fields = line.Split(':');
            if (fields.Length > column && fields[column] == wanted) { return fields; }
        }
        return null;
    }

    private static string Text(uint id) => id.ToString(CultureInfo.InvariantCulture);
}
