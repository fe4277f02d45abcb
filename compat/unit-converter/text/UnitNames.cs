using System.Text;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Text;

/// <summary>Names of units from what a source calls its things.</summary>
internal static class UnitNames
{
    private const int MaxStem = 200;

    /// <summary>"my daemon" as my\x20daemon.service: always a valid name. A longer one than a name may be is cut.</summary>
    public static string Of(string text, UnitKind kind) => Stem(text) + kind.Suffix();

    /// <summary>The template: name@.service.</summary>
    public static string Template(string text, UnitKind kind) => Stem(text) + "@" + kind.Suffix();

    /// <summary>The unit of a path (mount, swap, device).</summary>
    /// <returns>Null when no unit can stand for it.</returns>
    public static string? OfPath(string path, UnitKind kind)
    {
        UnitName name = UnitName.FromPath(Input.SourceText.Encode(path), kind);
        return name.IsValid ? name.Text : null;
    }

    /// <summary>What others call it: with its suffix when it has one, a service otherwise.</summary>
    public static string Refer(string text)
        => UnitName.TryParse(text, out UnitName name) ? name.Text : Of(text, UnitKind.Service);

    private static string Stem(string text)
    {
        var escaped = new ByteBuilder(stackalloc byte[512]);
        try
        {
            foreach (byte c in Encoding.UTF8.GetBytes(Quote.ForPeople(text)))
            {
                if (char.IsAsciiLetterOrDigit((char)c) || c is (byte)'-' or (byte)'_' or (byte)'.' or (byte)':') { escaped.Append(c); }
                else if (c == (byte)'/') { escaped.Append((byte)'-'); }
                else { escaped.AppendAscii($"\\x{c:x2}"); }
                if (escaped.Length > MaxStem) { break; }
            }
            return escaped.Length == 0 ? "unnamed" : escaped.ToString().TrimStart('.') is { Length: > 0 } stem ? stem : "unnamed";
        }
        finally { escaped.Dispose(); }
    }
}
