namespace SysMaster.Systemctl;

/// <summary>strcasecmp(3) in the C locale: letters as small ones. .NET's own comparison takes them as capitals, which sorts "_" elsewhere.</summary>
internal static class CaseFold
{
    public static int Compare(string a, string b)
    {
        int length = Math.Min(a.Length, b.Length);
        for (int i = 0; i < length; i++)
        {
            int difference = Lower(a[i]) - Lower(b[i]);
            if (difference != 0) { return difference; }
        }
        return a.Length - b.Length;
    }

    private static char Lower(char c) => c is >= 'A' and <= 'Z' ? (char)(c + 32) : c;
}
