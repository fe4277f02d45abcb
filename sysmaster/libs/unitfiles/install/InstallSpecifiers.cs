using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Install;

/// <summary>
/// Specifiers in an [Install] section: fewer than elsewhere, and the instance is DefaultInstance= for a template. man 5 systemd.unit, "SPECIFIERS".
/// Facts of the operating system come from the tree, so that offline work on another root is right; those of the machine from the kernel.
/// </summary>
internal sealed class InstallSpecifiers(FileTree tree, SearchScope scope)
{
    private Dictionary<string, string>? _osRelease;

    /// <returns>Null, with the reason, when it cannot be resolved.</returns>
    public string? Expand(InstallRecord unit, ReadOnlySpan<byte> text, out InstallErrorKind error)
    {
        error = InstallErrorKind.None;
        string pattern = Encoding.UTF8.GetString(text);
        if (!pattern.Contains('%', StringComparison.Ordinal)) { return pattern; }
        var result = new StringBuilder();
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length) { result.Append(pattern[i]); continue; }
            char letter = pattern[++i];
            if (letter == '%') { result.Append('%'); continue; }
            if (!"aAbBgGHijlmMnNopuUvwW".Contains(letter, StringComparison.Ordinal))
            {
                error = InstallErrorKind.BadSpecifier;
                return null;
            }
            if (Value(unit, letter) is not { } value)
            {
                error = InstallErrorKind.UnresolvedSpecifier;
                return null;
            }
            result.Append(value);
        }
        return result.ToString();
    }

    private string? Value(InstallRecord unit, char letter) => letter switch
    {
        'n' => Named(unit).Text,
        'N' => unit.Name.IsTemplate ? unit.Name.Stem.ToString() + unit.DefaultInstance : unit.Name.Stem.ToString(),
        'p' => unit.Name.Prefix.ToString(),
        'j' => unit.Name.Prefix[(unit.Name.Prefix.LastIndexOf('-') + 1)..].ToString(),
        'i' => unit.Name.IsInstance ? unit.Name.Instance.ToString() : unit.DefaultInstance,
        'a' => RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => "x86-64", Architecture.Arm64 => "arm64", _ => null },
        'b' => FromFile(FileTree.Host, "/proc/sys/kernel/random/boot_id")?.Replace("-", "", StringComparison.Ordinal),
        'H' => FromFile(FileTree.Host, "/proc/sys/kernel/hostname"),
        'l' => FromFile(FileTree.Host, "/proc/sys/kernel/hostname")?.Split('.')[0],
        'v' => FromFile(FileTree.Host, "/proc/sys/kernel/osrelease"),
        'm' => FromFile(tree, "/etc/machine-id") is { Length: 32 } id ? id : null,
        'A' => FromOsRelease("IMAGE_VERSION"),
        'B' => FromOsRelease("BUILD_ID"),
        'M' => FromOsRelease("IMAGE_ID"),
        'o' => FromOsRelease("ID"),
        'w' => FromOsRelease("VERSION_ID"),
        'W' => FromOsRelease("VARIANT_ID"),
        _ => Identity(letter),
    };

    private static UnitName Named(InstallRecord unit)
        => unit.Name.IsTemplate && unit.DefaultInstance.Length > 0 ? unit.Name.WithInstance(unit.DefaultInstance) : unit.Name;

    /// <summary>The manager's user and group: root's for the system, the caller's for a user manager. Names from the files, not from NSS.</summary>
    private string? Identity(char letter)
    {
        string uid = (scope == SearchScope.User ? LibC.getuid() : 0).ToString(CultureInfo.InvariantCulture);
        if (letter == 'U') { return uid; }
        string[]? user = Record("/etc/passwd", uid);
        return letter switch
        {
            'u' => uid == "0" ? "root" : user?[0],
            'G' => uid == "0" ? "0" : user?[3],
            _ => uid == "0" ? "root" : user is null ? null : Record("/etc/group", user[3])?[0],
        };
    }

    private static string[]? Record(string file, string id)
    {
        foreach (string line in (FromFile(FileTree.Host, file) ?? "").Split('\n'))
        {
            string[] fields = line.Split(':');
            if (fields.Length >= 4 && fields[2] == id) { return fields; }
        }
        return null;
    }

    private static string? FromFile(FileTree from, string path)
    {
        Result<byte[]> text = from.ReadFile(new ByteText(path), 1 << 20);
        return text.Failed ? null : Encoding.UTF8.GetString(text.Value).Trim();
    }

    /// <summary>An unset field is the empty text.</summary>
    private string? FromOsRelease(string key)
    {
        if (_osRelease is null)
        {
            Result<byte[]> file = tree.ReadFile(new ByteText("/etc/os-release"u8), 1 << 20);
            if (file.Failed) { file = tree.ReadFile(new ByteText("/usr/lib/os-release"u8), 1 << 20); }
            if (file.Failed) { return null; }
            _osRelease = [];
            using var reader = new EnvironmentFileReader(file.Value);
            while (reader.MoveNext()) { _osRelease[Encoding.UTF8.GetString(reader.Key)] = Encoding.UTF8.GetString(reader.Value); }
        }
        return _osRelease.GetValueOrDefault(key, "");
    }
}
