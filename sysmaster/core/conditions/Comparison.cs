using SysMaster.Linux;

namespace SysMaster.Core.Conditions;

/// <summary>"&gt;= 5.10", "$=5.*": an operator at the head of a text, and what it says of two texts or two numbers.</summary>
internal static class Comparison
{
    // Longer ones first.
    private static readonly (string Text, CompareOperator Operator)[] s_table =
    [
        ("!$=", CompareOperator.NotGlob), ("$=", CompareOperator.Glob), ("<>", CompareOperator.Unequal), ("<=", CompareOperator.LowerOrEqual),
        (">=", CompareOperator.GreaterOrEqual), ("==", CompareOperator.Equal), ("!=", CompareOperator.StringUnequal),
        ("<", CompareOperator.Lower), (">", CompareOperator.Greater), ("=", CompareOperator.StringEqual),
    ];

    /// <summary>Takes an operator off; None when there is none. Nothing else is skipped.</summary>
    public static CompareOperator Take(ref ReadOnlySpan<char> text)
    {
        foreach ((string word, CompareOperator op) in s_table)
        {
            if (text.StartsWith(word))
            {
                text = text[word.Length..];
                return op;
            }
        }
        return CompareOperator.None;
    }

    public static bool Texts(ReadOnlySpan<char> actual, CompareOperator op, ReadOnlySpan<char> expected) => op switch
    {
        CompareOperator.Glob => Sys.Matches(new ByteText(expected.ToString()), new ByteText(actual.ToString()), LibC.FNM_EXTMATCH),
        CompareOperator.NotGlob => !Sys.Matches(new ByteText(expected.ToString()), new ByteText(actual.ToString()), LibC.FNM_EXTMATCH),
        CompareOperator.StringEqual => actual.SequenceEqual(expected),
        CompareOperator.StringUnequal => !actual.SequenceEqual(expected),
        _ => Order(VersionOrder.Compare(actual, expected), op),
    };

    public static bool Numbers(ulong actual, CompareOperator op, ulong expected) => op switch
    {
        CompareOperator.StringEqual => actual == expected,
        CompareOperator.StringUnequal => actual != expected,
        _ => Order(actual.CompareTo(expected), op),
    };

    private static bool Order(int order, CompareOperator op) => op switch
    {
        CompareOperator.Lower => order < 0,
        CompareOperator.LowerOrEqual => order <= 0,
        CompareOperator.Equal => order == 0,
        CompareOperator.Unequal => order != 0,
        CompareOperator.GreaterOrEqual => order >= 0,
        _ => order > 0,
    };
}
