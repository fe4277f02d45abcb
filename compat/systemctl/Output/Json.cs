using System.Globalization;
using System.Text;

namespace SysMaster.Systemctl;

/// <summary>Objects as --output=json and its kin print them.</summary>
internal static class Json
{
    private static bool s_isPainted;

    /// <param name="rows">Each an object: names and values.</param>
    /// <param name="mode">json, json-pretty, json-sse, json-seq.</param>
    public static string Format(IEnumerable<(string Name, object? Value)[]> rows, string mode)
    {
        var output = new StringBuilder();
        s_isPainted = Colors.IsOn;
        (string, object?)[][] all = [.. rows];
        if (mode == "json-sse") { output.Append("data: "); }
        if (mode == "json-seq") { output.Append('\u001e'); }
        Value(output, all, mode == "json-pretty" ? 0 : -1);
        output.Append(mode == "json-sse" ? "\n\n" : "\n");
        return output.ToString();
    }

    /// <summary>One object, never painted.</summary>
    public static string FormatObject((string Name, object? Value)[] members, string mode)
    {
        var output = new StringBuilder();
        s_isPainted = false;
        if (mode == "json-seq") { output.Append('\u001e'); }
        if (mode == "json-sse") { output.Append("data: "); }
        Value(output, members, mode == "json-pretty" ? 0 : -1);
        output.Append(mode == "json-sse" ? "\n\n" : "\n");
        return output.ToString();
    }

    // depth < 0: all in one line.
    private static void Value(StringBuilder output, object? value, int depth)
    {
        switch (value)
        {
            case null: Paint(output, Colors.Highlight, "null"); break;
            case bool b: Paint(output, Colors.Highlight, b ? "true" : "false"); break;
            case string s: Text(output, s); break;
            case (string Name, object? Value)[] members:
                List(output, '{', '}', members, depth, m =>
                {
                    Text(output, m.Name);
                    output.Append(depth < 0 ? ":" : " : ");
                    Value(output, m.Value, Deeper(depth));
                });
                break;
            case Array items: List(output, '[', ']', items.Cast<object?>().ToArray(), depth, i => Value(output, i, Deeper(depth))); break;
            default: Paint(output, Colors.HighlightBlue, Convert.ToString(value, CultureInfo.InvariantCulture)!); break;
        }
    }

    private static int Deeper(int depth) => depth < 0 ? depth : depth + 1;

    private static void List<T>(StringBuilder output, char open, char close, T[] items, int depth, Action<T> one)
    {
        output.Append(open);
        for (int i = 0; i < items.Length; i++)
        {
            if (i > 0) { output.Append(','); }
            if (depth >= 0) { output.Append('\n').Append('\t', depth + 1); }
            one(items[i]);
        }
        if (depth >= 0 && items.Length > 0) { output.Append('\n').Append('\t', depth); }
        output.Append(close);
    }

    private static void Text(StringBuilder output, string text)
    {
        output.Append('"').Append(s_isPainted ? Colors.Green : "");
        foreach (char c in text)
        {
            string? escaped = c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)c:x4}",
                _ => null,
            };
            output.Append(escaped).Append(escaped is null ? c : null as char?);
        }
        output.Append(s_isPainted ? Colors.Normal : "").Append('"');
    }

    private static void Paint(StringBuilder output, string color, string text)
        => output.Append(s_isPainted ? color : "").Append(text).Append(s_isPainted ? Colors.Normal : "");
}
