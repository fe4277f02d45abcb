namespace SysMaster.UnitFiles;

/// <summary>Words as <c>systemctl show</c> prints them in lists (Environment=): quoted only where a shell would need it.</summary>
public static class ShellQuote
{
    /// <summary>Double quotes around the word, with \ before " \ ` $ and C escapes for control characters, when it has a blank or anything a shell would take; else as it is.</summary>
    public static void Append(scoped ReadOnlySpan<byte> word, ref ByteBuilder output)
    {
        if (!NeedsQuotes(word))
        {
            output.Append(word);
            return;
        }
        output.Append((byte)'"');
        foreach (byte c in word)
        {
            if (c is < 32 or 127) { CEscape.EscapeOne(c, ref output); }
            else
            {
                if (c is (byte)'"' or (byte)'\\' or (byte)'`' or (byte)'$') { output.Append((byte)'\\'); }
                output.Append(c);
            }
        }
        output.Append((byte)'"');
    }

    private static bool NeedsQuotes(ReadOnlySpan<byte> word)
    {
        foreach (byte c in word)
        {
            if (c is <= 32 or 127 || "\"\\`$*?['()<>|&;!"u8.Contains(c)) { return true; }
        }
        return false;
    }
}
