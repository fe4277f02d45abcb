namespace SysMaster.DBus.Wire;

/// <summary>The grammar of names and object paths, D-Bus specification "Valid Names" and "Valid Object Paths".</summary>
public static class NameGrammar
{
    private const byte Letter = 1;   // [A-Za-z_]
    private const byte Digit = 2;
    private const byte Dash = 4;

    private static ReadOnlySpan<byte> Kinds =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
    ];

    /// <summary>"/" or "/"-separated elements of [A-Za-z0-9_], none empty, no "/" at the end.</summary>
    public static bool IsObjectPath(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty || path[0] != (byte)'/') { return false; }
        if (path.Length == 1) { return true; }
        byte previous = (byte)'/';
        for (int i = 1; i < path.Length; i++)
        {
            byte c = path[i];
            if (c == (byte)'/' ? previous == (byte)'/' : (KindOf(c) & (Letter | Digit)) == 0) { return false; }
            previous = c;
        }
        return previous != (byte)'/';
    }

    /// <summary>Two or more elements of [A-Za-z0-9_] that begin with no digit. Error names are the same.</summary>
    public static bool IsInterface(ReadOnlySpan<byte> name) => IsDotted(name, Letter | Digit, Letter);

    /// <summary>One element.</summary>
    public static bool IsMember(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > Limits.NameMax || (KindOf(name[0]) & Letter) == 0) { return false; }
        foreach (byte c in name)
        {
            if ((KindOf(c) & (Letter | Digit)) == 0) { return false; }
        }
        return true;
    }

    /// <summary>A unique (":1.5") or well-known ("org.freedesktop.systemd1") connection name.</summary>
    public static bool IsBusName(ReadOnlySpan<byte> name)
        => !name.IsEmpty && name[0] == (byte)':'
            ? name.Length <= Limits.NameMax && IsDotted(name[1..], Letter | Digit | Dash, Letter | Digit | Dash)
            : IsDotted(name, Letter | Digit | Dash, Letter | Dash);

    private static byte KindOf(byte c) => c < 128 ? Kinds[c] : (byte)0;

    private static bool IsDotted(ReadOnlySpan<byte> name, int body, int first)
    {
        if (name.Length is 0 or > Limits.NameMax) { return false; }
        bool atStart = true;
        int dots = 0;
        foreach (byte c in name)
        {
            if (c == (byte)'.')
            {
                if (atStart) { return false; }
                dots++;
                atStart = true;
                continue;
            }
            if ((KindOf(c) & (atStart ? first : body)) == 0) { return false; }
            atStart = false;
        }
        return !atStart && dots > 0;
    }
}
