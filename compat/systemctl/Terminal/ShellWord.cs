using System.Text;
using SysMaster.UnitFiles;

namespace SysMaster.Systemctl;

/// <summary>Words as a shell must be given them.</summary>
internal static class ShellWord
{
    private const string Special = "\"\\`$*?['()<>|&;!~{}# \t\n\r";

    public static string Quote(string word)
    {
        var output = new ByteBuilder(stackalloc byte[256]);
        ShellQuote.Append(Encoding.UTF8.GetBytes(word), ref output);
        string quoted = output.ToString();
        output.Dispose();
        return quoted;
    }

    /// <summary>What stands behind "NAME=": bare where it can, with control characters in the $'…' form.</summary>
    public static string QuoteValue(string value)
    {
        if (value.Any(c => char.IsControl(c))) { return Escaped(value); }
        return value.AsSpan().IndexOfAny(Special) < 0 ? value
            : $"$'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
    }

    private static string Escaped(string value)
    {
        var output = new ByteBuilder(stackalloc byte[256]);
        CEscape.Escape(Encoding.UTF8.GetBytes(value), ref output);
        string escaped = output.ToString();
        output.Dispose();
        return $"$'{escaped}'";
    }
}
