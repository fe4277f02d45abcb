using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Checks of texts, with systemd's words for what is wrong.</summary>
public static class TextRules
{
    private static readonly string[] s_personalities =
    [
        "x86", "x86-64", "ppc", "ppc-le", "ppc64", "ppc64-le", "s390", "s390x", "arm64", "arm64-be", "arm", "arm-be", "mips", "mips-le", "mips64", "mips64-le",
    ];

    /// <summary>Whether a text is what the rule wants; the <paramref name="result"/> is simplified, for paths.</summary>
    public static bool Check(TextRule rule, scoped ReadOnlySpan<byte> text, string complaint, bool fatal, ParseContext ctx, out ByteText result)
    {
        if (rule == TextRule.Path)
            return Path(text, fatal, ctx, out result);
        if (rule == TextRule.RunPath)
            return RunPath(text, fatal, ctx, out result);
        result = new ByteText(text);
        if (IsGood(rule, text))
            return true;
        if (fatal)
            ctx.Fail(complaint, text);
        else
            ctx.Warn(complaint, text);
        return false;
    }

    /// <summary>An absolute path without "..", simplified.</summary>
    public static bool Path(scoped ReadOnlySpan<byte> path, bool fatal, ParseContext ctx, out ByteText result)
    {
        result = default;
        string wrong =
            !PathText.IsAbsolute(path) ? "is not absolute"
            : path.Length >= PathText.MaxPath ? "is too long"
            : !PathText.IsNormalizable(path) ? "is not normalized" : "";
        if (wrong.Length > 0)
        {
            if (fatal)
                ctx.Fail("{0}= path " + wrong + ": ", path);
            else
                ctx.Error("{0}= path " + wrong + ", ignoring: ", path);
            return false;
        }
        result = Simple(path);
        return true;
    }

    /// <summary>A path that a client sent; <paramref name="what"/> it is of a mount is said where it is refused.</summary>
    public static bool SentPath(ref MessageReader from, string what, ParseContext ctx, out ByteText result)
    {
        ReadOnlySpan<byte> text = from.ReadString();
        return Path(text, fatal: false, ctx, out result)
            || ctx.Refuse($"{what} path {System.Text.Encoding.UTF8.GetString(text)} is not {(PathText.IsAbsolute(text) ? "normalized" : "absolute")}.");
    }

    /// <summary>A path without "..", absolute or not, simplified.</summary>
    public static bool AnyPath(scoped ReadOnlySpan<byte> path, ParseContext ctx, out ByteText result)
    {
        if (PathText.IsAbsolute(path))
            return Path(path, fatal: false, ctx, out result);
        result = default;
        if (path.IsEmpty || !PathText.IsNormalizable(path))
        {
            ctx.Error("{0}= path is not normalized, ignoring: ", path);
            return false;
        }
        result = Simple(path);
        return true;
    }

    /// <summary>Without double slashes and "." components.</summary>
    internal static ByteText Simple(scoped ReadOnlySpan<byte> path)
    {
        var simple = new ByteBuilder(stackalloc byte[512]);
        PathText.Simplify(path, ref simple);
        ByteText text = simple.ToByteText();
        simple.Dispose();
        return text;
    }

    /// <summary>/run is meant where an old file says /var/run: said, and taken so.</summary>
    public static void LeaveVarRun(ref ByteText path, ParseContext ctx)
    {
        if (!path.StartsWith("/var/run/"u8))
            return;
        ByteText now = new(path.Span["/var"u8.Length..]);
        ctx.Report(Severity.Notice, $"{ctx.Name}= references a path below legacy directory /var/run/, updating {path.ToString()} → {now.ToString()}; please update the unit file accordingly.");
        path = now;
    }

    /// <summary>A path below the runtime directory of the manager, if it is not absolute.</summary>
    private static bool RunPath(scoped ReadOnlySpan<byte> text, bool fatal, ParseContext ctx, out ByteText result)
    {
        var path = new ByteBuilder(stackalloc byte[512]);
        result = default;
        bool ok = PathText.IsAbsolute(text) || ctx.Expand("%t/"u8, ref path, fatal);
        path.Append(text);
        ok = ok && Path(path.Written, fatal, ctx, out result);
        path.Dispose();
        if (ok)
            LeaveVarRun(ref result, ctx);
        return ok;
    }

    private static bool IsGood(TextRule rule, ReadOnlySpan<byte> text) => rule switch
    {
        TextRule.User => IsUserName(text),
        TextRule.BusName => NameGrammar.IsBusName(text),
        TextRule.Interface => IsInterfaceName(text),
        TextRule.FdName => text.Length is > 0 and <= 255 && text.IndexOfAnyInRange((byte)0, (byte)31) < 0 && !text.Contains((byte)':') && !text.Contains((byte)127),
        TextRule.FileName => PathText.IsFileName(text) && text.IndexOfAnyInRange((byte)0, (byte)31) < 0,
        TextRule.Instance => IsInstance(text),
        TextRule.Personality => IsPersonality(text),
        _ => true,
    };

    /// <summary>As systemd accepts names in unit files: no control character, no colon or slash, not only digits with a sign, no leading blank or dash; or a number that is an ID.</summary>
    public static bool IsUserName(ReadOnlySpan<byte> text)
    {
        if (Numbers.TryPlain(text, out ulong id))
            return id < uint.MaxValue && id != 65535;
        if (text.Length is 0 or > 255 || text[0] is (byte)' ' or (byte)'-' || text[^1] == (byte)' ' || text.SequenceEqual("."u8) || text.SequenceEqual(".."u8))
            return false;
        bool allDigits = true;
        foreach (byte c in text)
        {
            if (c is < 32 or 127 or (byte)':' or (byte)'/')
                return false;
            allDigits &= c is >= (byte)'0' and <= (byte)'9';
        }
        return !allDigits && !text.StartsWith("0x"u8);
    }

    /// <summary>As the kernel: 1 to 15 bytes, no blank, slash, colon, percent; not "." or "..", not all digits.</summary>
    public static bool IsInterfaceName(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > 15 || text.SequenceEqual("."u8) || text.SequenceEqual(".."u8) || text.SequenceEqual("all"u8) || text.SequenceEqual("default"u8))
            return false;
        bool allDigits = true;
        foreach (byte c in text)
        {
            if (c is <= 32 or >= 127 or (byte)':' or (byte)'/' or (byte)'%')
                return false;
            allDigits &= c is >= (byte)'0' and <= (byte)'9';
        }
        return !allDigits;
    }

    private static bool IsInstance(ReadOnlySpan<byte> text)
    {
        Span<char> chars = stackalloc char[256];
        if (text.Length > chars.Length)
            return false;
        for (int i = 0; i < text.Length; i++)
            chars[i] = (char)text[i];
        return UnitName.IsValidInstance(chars[..text.Length]);
    }

    private static bool IsPersonality(ReadOnlySpan<byte> text)
    {
        foreach (string word in s_personalities)
        {
            if (System.Text.Ascii.Equals(text, word))
                return true;
        }
        return false;
    }
}
