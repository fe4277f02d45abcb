namespace SysMaster.UnitFiles;

/// <summary>What a variable of the environment may be called and hold. man 5 systemd.exec, Environment=.</summary>
public static class EnvironmentText
{
    /// <summary>Longest name and longest "NAME=value", as systemd counts: sysconf(_SC_ARG_MAX).</summary>
    private const int MaxLength = 2 << 20;

    /// <summary>Letters, digits and "_", not beginning with a digit.</summary>
    public static bool IsValidName(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || Ascii.IsDigit(name[0]) || name.Length > MaxLength - 2) { return false; }
        foreach (byte c in name)
        {
            if (!Ascii.IsLetter(c) && !Ascii.IsDigit(c) && c != (byte)'_') { return false; }
        }
        return true;
    }

    /// <summary>UTF-8, no control characters but tab and newline.</summary>
    public static bool IsValidValue(ReadOnlySpan<byte> value)
    {
        foreach (byte c in value)
        {
            if (c is 127 or (< 32 and not ((byte)'\t' or (byte)'\n'))) { return false; }
        }
        return value.Length < MaxLength - 2 && Ascii.IsUtf8(value);
    }

    /// <summary>"NAME=value" with both valid.</summary>
    public static bool IsValidAssignment(ReadOnlySpan<byte> assignment)
    {
        int equals = assignment.IndexOf((byte)'=');
        return equals > 0 && assignment.Length <= MaxLength && IsValidName(assignment[..equals]) && IsValidValue(assignment[(equals + 1)..]);
    }

    /// <summary>A name or an assignment, as UnsetEnvironment= takes them.</summary>
    public static bool IsValidNameOrAssignment(ReadOnlySpan<byte> text) => IsValidName(text) || IsValidAssignment(text);

    /// <summary>The name of "NAME=value".</summary>
    public static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> assignment)
    {
        int equals = assignment.IndexOf((byte)'=');
        return equals < 0 ? assignment : assignment[..equals];
    }
}
