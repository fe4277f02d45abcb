using System.Text;
using SysMaster.UnitConverter.Formats.Shell;

namespace SysMaster.UnitConverter.Formats.Sysv;

/// <summary>Words of a script as far as they are known without running it.</summary>
/// <param name="current">What the variables of settings files are now; null for those that may be anything.</param>
internal sealed class ScriptExpansion(string path, Dictionary<string, string?> current)
{
    public const char Open = '\ue000';
    public const char Close = '\ue001';
    private const int MaxLength = 1 << 16;

    public static string Reference(string name) => $"{Open}{name}{Close}";

    public static bool HasReference(string text) => text.Contains(Open, StringComparison.Ordinal);

    /// <summary>The word as one text (an assignment, a quoted argument). Null when only a run would know.</summary>
    public string? Text(ShellWord word, ScriptState state)
    {
        var text = new StringBuilder();
        foreach (ShellPart part in word.Parts)
        {
            if (Part(part, state) is not { } value) { return null; }
            text.Append(value);
            if (text.Length > MaxLength) { return null; }
        }
        return text.ToString();
    }

    /// <summary>The arguments that the words become, after splitting. Null when only a run would know one.</summary>
    public List<ScriptField>? Fields(IEnumerable<ShellWord> words, ScriptState state)
    {
        var fields = new List<ScriptField>();
        foreach (ShellWord word in words)
        {
            if (!Split(word, state, fields)) { return null; }
        }
        return fields;
    }

    /// <summary>The text as the settings files make it now. Null when one may be anything.</summary>
    public string? Now(string text)
    {
        if (!HasReference(text)) { return text; }
        var result = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != Open)
            {
                result.Append(text[i]);
                continue;
            }
            int end = text.IndexOf(Close, i);
            if (end < 0 || current.GetValueOrDefault(text[(i + 1)..end]) is not { } value) { return null; }
            result.Append(value);
            i = end;
        }
        return result.ToString();
    }

    private bool Split(ShellWord word, ScriptState state, List<ScriptField> fields)
    {
        var text = new StringBuilder();
        bool any = word.IsQuoted;
        foreach (ShellPart part in word.Parts)
        {
            if (part is { Kind: ShellPartKind.Variable, Text: "@" })
            {
                if (state.Arguments.Contains(null)) { return false; }
                fields.AddRange(state.Arguments.Select(a => new ScriptField(a!, Splits: false)));
                continue;
            }
            if (Part(part, state) is not { } value) { return false; }
            if (part.Quoted || part.Kind == ShellPartKind.Literal)
            {
                text.Append(value);
                any |= value.Length > 0;
                continue;
            }
            string[] pieces = value.Split([' ', '\t', '\n']);
            for (int i = 0; i < pieces.Length; i++)
            {
                if (i > 0) { Flush(); }
                text.Append(pieces[i]);
                any |= pieces[i].Length > 0;
            }
        }
        Flush();
        return fields.Count < 4096;

        void Flush()
        {
            if (any)
            {
                string field = text.ToString();
                bool alone = !word.IsQuoted && field.Length > 2 && field[0] == Open && field.IndexOf(Close, StringComparison.Ordinal) == field.Length - 1;
                fields.Add(new ScriptField(field, alone));
            }
            text.Clear();
            any = false;
        }
    }

    private string? Part(ShellPart part, ScriptState state) => part.Kind switch
    {
        ShellPartKind.Literal => part.Text,
        ShellPartKind.Command => Command(part.Text, state),
        _ => Variable(part, state),
    };

    /// <summary>The commands whose output is known: the two halves of a path.</summary>
    private string? Command(string text, ScriptState state)
    {
        string[] words = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2 || words[0] is not ("basename" or "dirname")) { return null; }
        if (Text(ShellLexer.Quoted(words[1].Trim('"')), state) is not { } argument || Now(argument) is not { } whole) { return null; }
        int slash = whole.LastIndexOf('/');
        return words[0] == "basename" ? whole[(slash + 1)..] : slash > 0 ? whole[..slash] : slash == 0 ? "/" : ".";
    }

    private string? Variable(ShellPart part, ScriptState state)
    {
        string? value = Value(part.Text, state);
        switch (part.Operator)
        {
            case "": return value;
            case ":-" or "-" or ":=" or "=":
                if (value is null) { return null; }
                bool isSet = part.Operator[0] == ':' ? Now(value) is not "" : value.Length > 0 || state.Variables.ContainsKey(part.Text);
                string? chosen = isSet && Now(value) is not (null or "") ? value : isSet && HasReference(value) && Now(value) is null ? null : isSet ? value : Text(part.Argument!, state);
                if (part.Operator.EndsWith('=') && !isSet) { state.Variables[part.Text] = chosen; }
                return chosen;
            case ":+" or "+":
                if (value is null || Now(value) is not { } now) { return null; }
                return now.Length > 0 || (part.Operator == "+" && state.Variables.ContainsKey(part.Text)) ? Text(part.Argument!, state) : "";
            default: return null;
        }
    }

    private string? Value(string name, ScriptState state)
    {
        switch (name)
        {
            case "0": return path;
            case "#": return state.Arguments.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            case "@" or "*": return state.Arguments.Contains(null) ? null : string.Join(' ', state.Arguments);
            case "?": return state.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture);
            case "$" or "!" or "-": return null;
        }
        if (char.IsAsciiDigit(name[0]))
        {
            int index = name[0] - '0';
            return index <= state.Arguments.Count ? state.Arguments[index - 1] : "";
        }
        if (state.Variables.TryGetValue(name, out string? value)) { return value; }
        if (!state.HasOpenFile) { return ""; }
        current.TryAdd(name, null);
        return Reference(name);
    }
}
