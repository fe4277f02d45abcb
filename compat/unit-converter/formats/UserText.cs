namespace SysMaster.UnitConverter.Formats;

/// <summary>Names of users and groups: what may stand in User= and Group=. man 5 systemd.exec, "User/Group Identity".</summary>
internal static class UserText
{
    public static bool IsName(string text)
    {
        if (text.Length is 0 or > 31) { return false; }
        if (text.All(char.IsAsciiDigit)) { return text.Length == 1 || text[0] != '0'; }
        if (!char.IsAsciiLetter(text[0]) && text[0] != '_') { return false; }
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.')) { return false; }
        }
        return true;
    }
}
