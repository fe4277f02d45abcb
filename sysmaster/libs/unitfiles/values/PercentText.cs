namespace SysMaster.UnitFiles;

/// <summary>Parts of a whole: "50%", "12.5%", "125‰", "1250‱". The value counts ten-thousandths unless the name says otherwise.</summary>
public static class PercentText
{
    public const int Whole = 10000;

    /// <summary>Whole percents: "50%". May exceed 100 (CPUQuota=).</summary>
    public static bool TryParsePercent(ReadOnlySpan<byte> text, out int percent)
    {
        percent = 0;
        return text.EndsWith("%"u8) && NumberText.TryParse(text[..^1], out percent) && percent >= 0;
    }

    /// <summary>Thousandths: "50%", "12.5%", "125‰".</summary>
    public static bool TryParsePermille(ReadOnlySpan<byte> text, out int permille)
    {
        permille = 0;
        if (text.EndsWith("‰"u8)) { return NumberText.TryParse(text[..^3], out permille) && permille >= 0; }
        return text.EndsWith("%"u8) && Scaled(text[..^1], 1, out permille);
    }

    /// <summary>Ten-thousandths: "50%", "12.34%", "12.5‰", "1250‱". May exceed the whole.</summary>
    public static bool TryParsePermyriad(ReadOnlySpan<byte> text, out int permyriad)
    {
        permyriad = 0;
        if (text.EndsWith("‱"u8)) { return NumberText.TryParse(text[..^3], out permyriad) && permyriad >= 0; }
        if (text.EndsWith("‰"u8)) { return Scaled(text[..^3], 1, out permyriad); }
        return text.EndsWith("%"u8) && Scaled(text[..^1], 2, out permyriad);
    }

    /// <summary>As <see cref="TryParsePermyriad"/>, at most the whole.</summary>
    public static bool TryParseBoundedPermyriad(ReadOnlySpan<byte> text, out int permyriad)
    {
        bool done = TryParsePermyriad(text, out int parsed) && parsed <= Whole;
        permyriad = done ? parsed : 0;
        return done;
    }

    /// <summary>"12.50%"</summary>
    public static void AppendPermyriad(int permyriad, ref ByteBuilder output)
    {
        output.AppendDecimal(permyriad / 100);
        output.Append((byte)'.');
        output.AppendPadded((ulong)(permyriad % 100), 2);
        output.Append((byte)'%');
    }

    private static bool Scaled(ReadOnlySpan<byte> text, int digits, out int value)
    {
        value = 0;
        int dot = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> fraction = dot < 0 ? default : text[(dot + 1)..];
        if (dot >= 0 && (fraction.IsEmpty || fraction.Length > digits)) { return false; }
        if (!NumberText.TryParse(dot < 0 ? text : text[..dot], out int whole) || whole < 0) { return false; }
        long scaled = whole;
        for (int i = 0; i < digits; i++)
        {
            int digit = i < fraction.Length ? fraction[i] - '0' : 0;
            if (digit is < 0 or > 9) { return false; }
            scaled = (scaled * 10) + digit;
        }
        if (scaled > int.MaxValue) { return false; }
        value = (int)scaled;
        return true;
    }
}
