using System.Text;
using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>
/// Where a distribution's systemd keeps its units: below /lib or /usr/lib. On most the first is a link to the second, so that the files do not tell; what tells
/// packages where to put theirs does: systemd.pc, <c>systemdsystemunitdir</c>. Debian 12 says /lib, and shows it in every path; openEuler says /usr/lib.
/// </summary>
internal static class VendorLayout
{
    private const int MaxDepth = 8;

    private static readonly string[] s_files = ["/usr/share/pkgconfig/systemd.pc", "/usr/lib/pkgconfig/systemd.pc", "/usr/lib64/pkgconfig/systemd.pc"];

    /// <returns>False also where nothing tells.</returns>
    public static bool SearchesLib(FileTree tree) => UnitDirectory(tree) == "/lib/systemd/system";

    private static string? UnitDirectory(FileTree tree)
    {
        foreach (string file in s_files)
        {
            Result<byte[]> text = tree.ReadFile(new ByteText(file), 1 << 16);
            if (!text.Failed) { return UnitDirectory(Encoding.UTF8.GetString(text.Value)); }
        }
        return null;
    }

    internal static string? UnitDirectory(string pkgConfig)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in pkgConfig.Split('\n'))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && line[0] != '#') { variables[line[..equals].Trim()] = line[(equals + 1)..].Trim(); }
        }
        return variables.GetValueOrDefault("systemdsystemunitdir") is { } value ? Expand(value, variables, 0) : null;
    }

    private static string Expand(string value, Dictionary<string, string> variables, int depth)
    {
        int start = value.IndexOf("${", StringComparison.Ordinal);
        int end = start < 0 ? -1 : value.IndexOf('}', start);
        if (end < 0 || depth == MaxDepth) { return value; }
        string inner = variables.GetValueOrDefault(value[(start + 2)..end], "");
        return Expand(value[..start] + inner + value[(end + 1)..], variables, depth + 1);
    }
}
