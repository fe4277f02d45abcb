namespace SysMaster.DBus.Wire;

/// <summary>The grammar of type signatures, D-Bus specification "Type Signatures".</summary>
public static class Signature
{
    /// <summary>Zero or more complete types, at most 255 bytes, at most 32 arrays and 32 structs deep.</summary>
    public static bool IsValid(ReadOnlySpan<byte> signature)
    {
        if (signature.Length > Limits.NameMax) { return false; }
        while (!signature.IsEmpty)
        {
            int n = TypeLength(signature, 0, 0);
            if (n <= 0) { return false; }
            signature = signature[n..];
        }
        return true;
    }

    /// <summary>Exactly one complete type, as a variant holds.</summary>
    public static bool IsSingle(ReadOnlySpan<byte> signature)
        => signature.Length is > 0 and <= Limits.NameMax && TypeLength(signature, 0, 0) == signature.Length;

    /// <summary>Bytes of the first complete type; 0 or less when there is none.</summary>
    public static int FirstLength(ReadOnlySpan<byte> signature) => TypeLength(signature, 0, 0);

    /// <summary>The alignment of the type that begins with this code.</summary>
    public static int AlignmentOf(byte code) => code switch
    {
        (byte)'y' or (byte)'g' or (byte)'v' => 1,
        (byte)'n' or (byte)'q' => 2,
        (byte)'x' or (byte)'t' or (byte)'d' or (byte)'(' or (byte)'{' => 8,
        _ => 4,
    };

    internal static bool IsBasic(byte code) => code switch
    {
        (byte)'y' or (byte)'b' or (byte)'n' or (byte)'q' or (byte)'i' or (byte)'u' or (byte)'x' or (byte)'t' or (byte)'d'
            or (byte)'s' or (byte)'o' or (byte)'g' or (byte)'h' => true,
        _ => false,
    };

    // Depth is bounded by the two counters, so recursion is at most 64 deep.
    private static int TypeLength(ReadOnlySpan<byte> s, int arrays, int structs)
    {
        if (s.IsEmpty) { return -1; }
        byte code = s[0];
        if (IsBasic(code) || code == (byte)'v') { return 1; }
        return code switch
        {
            (byte)'a' => ArrayLength(s, arrays + 1, structs),
            (byte)'(' => StructLength(s, arrays, structs + 1),
            _ => -1,
        };
    }

    private static int ArrayLength(ReadOnlySpan<byte> s, int arrays, int structs)
    {
        if (arrays > Limits.DepthMax || s.Length < 2) { return -1; }
        int n = s[1] == (byte)'{' ? DictEntryLength(s[1..], arrays, structs + 1) : TypeLength(s[1..], arrays, structs);
        return n <= 0 ? -1 : n + 1;
    }

    private static int DictEntryLength(ReadOnlySpan<byte> s, int arrays, int structs)
    {
        if (structs > Limits.DepthMax || s.Length < 4 || !IsBasic(s[1])) { return -1; }
        int n = TypeLength(s[2..], arrays, structs);
        return n <= 0 || n + 2 >= s.Length || s[n + 2] != (byte)'}' ? -1 : n + 3;
    }

    private static int StructLength(ReadOnlySpan<byte> s, int arrays, int structs)
    {
        if (structs > Limits.DepthMax) { return -1; }
        int at = 1;
        while (at < s.Length && s[at] != (byte)')')
        {
            int n = TypeLength(s[at..], arrays, structs);
            if (n <= 0) { return -1; }
            at += n;
        }
        return at >= s.Length || at == 1 ? -1 : at + 1;
    }
}
