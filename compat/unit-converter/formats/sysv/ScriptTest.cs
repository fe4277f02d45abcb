using System.Globalization;

namespace SysMaster.UnitConverter.Formats.Sysv;

internal enum Truth { False, True, Unknown }

/// <summary>What a test of the script says, as far as it is known.</summary>
/// <param name="Value">Of the whole.</param>
/// <param name="File">The file that an unknown one asks for.</param>
/// <param name="Operator">"-x", "-d" …</param>
/// <param name="Negated">It asks that it be not so.</param>
/// <param name="BySettings">Known only by what a settings file says now.</param>
internal readonly record struct ScriptTest(Truth Value, string? File = null, string Operator = "", bool Negated = false, bool BySettings = false)
{
    public ScriptTest Not() => new(Value switch { Truth.True => Truth.False, Truth.False => Truth.True, _ => Truth.Unknown }, File, Operator, !Negated, BySettings);

    /// <param name="words">Between the brackets.</param>
    public static ScriptTest Evaluate(ReadOnlySpan<ScriptField> words, ScriptExpansion expansion)
    {
        for (int i = 1; i < words.Length - 1; i++)
        {
            if (words[i].Text is not ("-a" or "-o" or "&&" or "||")) { continue; }
            bool and = words[i].Text is "-a" or "&&";
            ScriptTest left = Evaluate(words[..i], expansion), right = Evaluate(words[(i + 1)..], expansion);
            return Join(left, right, and);
        }
        switch (words.Length)
        {
            case 0: return new(Truth.False);
            case 1: return Of(words[0].Text, expansion, text => text.Length > 0);
            case 2 when words[0].Text == "!": return Evaluate(words[1..], expansion).Not();
            case 2 when words[0].Text == "-n": return Of(words[1].Text, expansion, text => text.Length > 0);
            case 2 when words[0].Text == "-z": return Of(words[1].Text, expansion, text => text.Length == 0);
            case 2 when words[0].Text.Length == 2 && words[0].Text[0] == '-':
                return expansion.Now(words[1].Text) is { } file ? new(Truth.Unknown, file, words[0].Text) : new(Truth.Unknown);
            case > 2 when words[0].Text == "!": return Evaluate(words[1..], expansion).Not();
            case 3: return Compare(words[0].Text, words[1].Text, words[2].Text, expansion);
            default: return new(Truth.Unknown);
        }
    }

    public static ScriptTest Join(ScriptTest left, ScriptTest right, bool and)
    {
        Truth decides = and ? Truth.False : Truth.True;
        bool settings = left.BySettings || right.BySettings;
        if (left.Value == decides || right.Value == decides) { return new(decides, BySettings: settings); }
        if (left.Value == Truth.Unknown) { return right.Value == Truth.Unknown ? new(Truth.Unknown) : left; }
        return right.Value == Truth.Unknown ? right : new(and ? Truth.True : Truth.False, BySettings: settings);
    }

    private static ScriptTest Of(string text, ScriptExpansion expansion, Func<string, bool> ask)
    {
        bool settings = ScriptExpansion.HasReference(text);
        return expansion.Now(text) is { } now ? new(ask(now) ? Truth.True : Truth.False, BySettings: settings) : new(Truth.Unknown);
    }

    private static ScriptTest Compare(string left, string op, string right, ScriptExpansion expansion)
    {
        bool settings = ScriptExpansion.HasReference(left) || ScriptExpansion.HasReference(right);
        if (expansion.Now(left) is not { } a || expansion.Now(right) is not { } b) { return new(Truth.Unknown); }
        bool? same = op switch
        {
            "=" or "==" => a == b,
            "!=" => a != b,
            "-eq" or "-ne" or "-lt" or "-le" or "-gt" or "-ge" => Numbers(a, op, b),
            _ => null,
        };
        return same is { } known ? new(known ? Truth.True : Truth.False, BySettings: settings) : new(Truth.Unknown);
    }

    private static bool? Numbers(string a, string op, string b)
    {
        if (!long.TryParse(a, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long x)
            || !long.TryParse(b, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long y)) { return null; }
        return op switch { "-eq" => x == y, "-ne" => x != y, "-lt" => x < y, "-le" => x <= y, "-gt" => x > y, _ => x >= y };
    }
}
