using System.Runtime.CompilerServices;
using System.Text;

namespace SysMaster.UnitFiles;

/// <summary>Labels in D-Bus object paths: every byte but letters and (not first) digits is _xx; empty is "_".</summary>
public static class BusPath
{
    public const string UnitPrefix = "/org/freedesktop/systemd1/unit/";

    /// <summary>No path of a unit is longer: each character of its name takes three bytes at most.</summary>
    public const int UnitMax = 31 + (3 * UnitName.MaxLength);

    public static void EscapeLabel(scoped ReadOnlySpan<byte> text, ref ByteBuilder output)
    {
        if (text.IsEmpty) { output.Append((byte)'_'); }
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            if (Ascii.IsLetter(c) || (i > 0 && Ascii.IsDigit(c))) { output.Append(c); }
            else
            {
                output.Append((byte)'_');
                output.AppendHex(c, 2);
            }
        }
    }

    /// <summary>The way back; a "_" that begins no escape stays, as systemd takes it.</summary>
    public static void UnescapeLabel(scoped ReadOnlySpan<byte> label, ref ByteBuilder output)
    {
        if (label.SequenceEqual("_"u8)) { return; }
        for (int i = 0; i < label.Length; i++)
        {
            if (label[i] == (byte)'_' && i + 2 < label.Length && Ascii.Hex(label[i + 1]) >= 0 && Ascii.Hex(label[i + 2]) >= 0)
            {
                output.Append((byte)((Ascii.Hex(label[i + 1]) << 4) | Ascii.Hex(label[i + 2])));
                i += 2;
            }
            else { output.Append(label[i]); }
        }
    }

    /// <summary>The object of one run of a unit, by its invocation ID.</summary>
    public static string OfInvocation(string id)
    {
        var path = new ByteBuilder(stackalloc byte[128]);
        try
        {
            path.AppendAscii(UnitPrefix);
            EscapeLabel(System.Text.Encoding.ASCII.GetBytes(id), ref path);
            return path.ToString();
        }
        finally { path.Dispose(); }
    }

    /// <summary>/org/freedesktop/systemd1/unit/foo_2eservice</summary>
    [SkipLocalsInit]
    public static string OfUnit(UnitName name)
    {
        Span<byte> path = stackalloc byte[UnitMax];
        return Encoding.ASCII.GetString(path[..OfUnit(name, path)]);
    }

    /// <summary>The same, in bytes.</summary>
    /// <param name="path">Has room for <see cref="UnitMax"/> bytes.</param>
    /// <returns>Their number.</returns>
    public static int OfUnit(UnitName name, Span<byte> path)
    {
        "/org/freedesktop/systemd1/unit/"u8.CopyTo(path);
        int at = UnitPrefix.Length;
        int first = at;
        foreach (char c in name.Text)
        {
            if (Ascii.IsLetter((byte)c) || (at > first && Ascii.IsDigit((byte)c))) { path[at++] = (byte)c; }
            else
            {
                path[at++] = (byte)'_';
                path[at++] = "0123456789abcdef"u8[(c >> 4) & 15];
                path[at++] = "0123456789abcdef"u8[c & 15];
            }
        }
        return at;
    }

    /// <summary>The unit an object path names. False for paths elsewhere and for what is no unit name.</summary>
    public static bool TryToUnit(ReadOnlySpan<byte> path, out UnitName name)
    {
        name = default;
        ReadOnlySpan<byte> prefix = "/org/freedesktop/systemd1/unit/"u8;
        if (!path.StartsWith(prefix)) { return false; }
        var text = new ByteBuilder(stackalloc byte[256]);
        try
        {
            UnescapeLabel(path[prefix.Length..], ref text);
            return UnitName.TryParse(text.Written, out name);
        }
        finally { text.Dispose(); }
    }
}
