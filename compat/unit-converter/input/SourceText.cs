using System.Text;

namespace SysMaster.UnitConverter.Input;

/// <summary>
/// A source file as lines of text. Each byte that is no UTF-8 becomes a lone surrogate (U+DC80 and up), so that nothing is lost and the place is known:
/// <see cref="Text.Quote"/> writes it as an escape where the unit can hold one.
/// </summary>
internal sealed class SourceText
{
    private SourceText(string path, string text, int foreign)
    {
        Path = path;
        Text = text;
        Lines = text.Split('\n');
        for (int i = 0; i < Lines.Length; i++) { Lines[i] = Lines[i].TrimEnd('\r'); }
        ForeignLine = foreign;
    }

    /// <summary>As the installed system knows it: below --root, without it.</summary>
    public string Path { get; }

    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];

    public string Folder => Path.LastIndexOf('/') is > 0 and int at ? Path[..at] : "/";

    public string Text { get; }

    /// <summary>Line 1 is Lines[0]; without line ends.</summary>
    public string[] Lines { get; }

    /// <summary>The first line that is no UTF-8; 0 when there is none.</summary>
    public int ForeignLine { get; }

    public string FirstLine => Lines[0];

    /// <returns>Null, with the reason and the line, for what is no text.</returns>
    public static SourceText? Decode(string path, ReadOnlySpan<byte> bytes, out string problem, out int line)
    {
        problem = "";
        line = 1;
        if (bytes.StartsWith("\ufeff"u8)) { bytes = bytes[3..]; }
        if (bytes.StartsWith<byte>([0xff, 0xfe]) || bytes.StartsWith<byte>([0xfe, 0xff]))
        {
            problem = "is UTF-16: save it as UTF-8 first (iconv -f UTF-16 -t UTF-8)";
            return null;
        }
        int nul = bytes.IndexOf((byte)0);
        if (nul >= 0)
        {
            line = 1 + bytes[..nul].Count((byte)'\n');
            problem = "is no text: it has a NUL byte";
            return null;
        }
        string text = Decode(bytes, out int foreign);
        return new SourceText(path, text, foreign);
    }

    /// <summary>The way back to bytes.</summary>
    public static byte[] Encode(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c < 128) { bytes.Add((byte)c); }
            else if (c is >= '\udc80' and <= '\udcff') { bytes.Add((byte)(c - 0xdc00)); }
            else
            {
                int n = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, n)));
                i += n - 1;
            }
        }
        return [.. bytes];
    }

    private static string Decode(ReadOnlySpan<byte> bytes, out int foreign)
    {
        var text = new StringBuilder(bytes.Length);
        foreign = 0;
        int line = 1;
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int used) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
                line += rune.Value == '\n' ? 1 : 0;
            }
            else
            {
                foreign = foreign == 0 ? line : foreign;
                foreach (byte b in bytes[..used]) { text.Append((char)(0xdc00 + b)); }
            }
            bytes = bytes[used..];
        }
        return text.ToString();
    }
}
