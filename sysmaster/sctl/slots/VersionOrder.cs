namespace SysMaster.Sctl.Slots;

/// <summary>Runs of digits by their value, the rest by character: 5.10 comes after 5.4.</summary>
internal sealed class VersionOrder : IComparer<string>
{
    public static readonly VersionOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x, b = y;
        while (a.Length > 0 && b.Length > 0)
        {
            int digitsA = Digits(a), digitsB = Digits(b), order;
            if (digitsA > 0 && digitsB > 0)
            {
                ReadOnlySpan<char> m = a[..digitsA].TrimStart('0'), n = b[..digitsB].TrimStart('0');
                order = m.Length != n.Length ? m.Length.CompareTo(n.Length) : m.SequenceCompareTo(n);
                a = a[digitsA..];
                b = b[digitsB..];
            }
            else
            {
                order = a[0].CompareTo(b[0]);
                a = a[1..];
                b = b[1..];
            }

            if (order != 0) { return order; }
        }

        return a.Length.CompareTo(b.Length);
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        int n = text.IndexOfAnyExceptInRange('0', '9');
        return n < 0 ? text.Length : n;
    }
}
