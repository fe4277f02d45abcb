namespace SysMaster.Core.Conditions;

/// <summary>"4G", "1.5M", "1G 500M": sizes to the base 1024.</summary>
internal static class SizeText
{
    public static ulong? ParseOrNull(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty) { return null; }
        decimal sum = 0;
        while (!text.IsEmpty)
        {
            int n = 0;
            while (n < text.Length && (char.IsAsciiDigit(text[n]) || text[n] == '.')) { n++; }
            bool number = decimal.TryParse(text[..n], System.Globalization.NumberStyles.AllowDecimalPoint, null, out decimal value);
            if (!number) { return null; }
            text = text[n..].TrimStart();
            int power = text.IsEmpty ? 0 : "BKMGTPE".IndexOf(text[0]);
            if (power < 0 && !char.IsAsciiDigit(text[0])) { return null; }
            if (power >= 0 && !text.IsEmpty) { text = text[1..].TrimStart(); }
            for (int i = 0; i < power; i++) { value *= 1024; }
            sum += value;
            if (sum > ulong.MaxValue) { return null; }
        }
        return (ulong)sum;
    }
}
