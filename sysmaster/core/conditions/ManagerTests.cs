using SysMaster.Core.Boot;
using SysMaster.Linux;

namespace SysMaster.Core.Conditions;

/// <summary>Tests of what the manager itself is and was given.</summary>
internal static class ManagerTests
{
    private const uint SystemUidMax = 999;

    public static Result<bool> Credential(ByteText parameter, SystemFacts facts)
    {
        string name = parameter.ToString();
        if (name.Length is 0 or > 255 || name.Contains('/') || name is "." or "..") { return false; }
        foreach (string directory in facts.CredentialDirectories)
        {
            if (SmallFile.Exists($"{directory}/{name}")) { return true; }
        }
        return false;
    }

    /// <summary>"NAME=value" exactly, or NAME at all.</summary>
    public static Result<bool> Environment(ByteText parameter, SystemFacts facts)
    {
        ReadOnlySpan<byte> text = parameter.Span;
        int equals = text.IndexOf((byte)'=');
        bool found = facts.Environment.TryGet(equals < 0 ? text : text[..equals], out ReadOnlySpan<byte> value);
        return found && (equals < 0 || value.SequenceEqual(text[(equals + 1)..]));
    }

    /// <summary>The core asks no user database: names are those of /etc/passwd, which also is all that PID 1 of systemd trusts.</summary>
    public static Result<bool> User(ByteText parameter, SystemFacts facts)
    {
        uint uid = LibC.getuid();
        uint effective = LibC.geteuid();
        string text = parameter.ToString();
        if (uint.TryParse(text, out uint id)) { return id == uid || id == effective; }
        if (text == "@system") { return uid <= SystemUidMax || effective <= SystemUidMax; }
        return text == (uid == 0 ? "root" : PasswdName(uid));
    }

    public static Result<bool> Group(ByteText parameter, SystemFacts facts)
    {
        string text = parameter.ToString();
        if (!uint.TryParse(text, out uint gid))
        {
            if (text == "root") { gid = 0; }
            else if (GroupIdOrNull(text) is { } found) { gid = found; }
            else { return false; }
        }
        return IsInGroup(gid);
    }

    private static bool IsInGroup(uint gid)
    {
        string own = (SmallFile.FieldOrNull("/proc/self/status", "Gid") ?? "") + " " + (SmallFile.FieldOrNull("/proc/self/status", "Groups") ?? "");
        foreach (string one in own.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (uint.TryParse(one, out uint have) && have == gid) { return true; }
        }
        return false;
    }

    private static string PasswdName(uint uid)
    {
        string id = uid.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (string line in (SmallFile.TextOrNull("/etc/passwd") ?? "").Split('\n'))
        {
            string[] fields = line.Split(':');
            if (fields.Length > 3 && fields[2] == id) { return fields[0]; }
        }
        return "";
    }

    private static uint? GroupIdOrNull(string name)
    {
        foreach (string line in (SmallFile.TextOrNull("/etc/group") ?? "").Split('\n'))
        {
            string[] fields = line.Split(':');
            if (fields.Length > 2 && fields[0] == name && uint.TryParse(fields[2], out uint gid)) { return gid; }
        }
        return null;
    }
}
