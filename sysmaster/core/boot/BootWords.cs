namespace SysMaster.Core.Boot;

/// <summary>Booleans as systemd reads them.</summary>
internal static class BootWords
{
    public static bool? BooleanOrNull(ReadOnlySpan<char> text)
    {
        foreach (string word in (ReadOnlySpan<string>)["1", "yes", "y", "true", "t", "on"])
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase)) { return true; }
        }
        foreach (string word in (ReadOnlySpan<string>)["0", "no", "n", "false", "f", "off"])
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase)) { return false; }
        }
        return null;
    }
}
