using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter.Formats.Upstart;

/// <summary>Jobs of upstart (/etc/init/*.conf): init(5).</summary>
internal sealed class UpstartFormat : SourceFormat
{
    private static readonly string[] s_sure = ["start on ", "stop on ", "respawn", "pre-start ", "post-stop ", "expect fork", "expect daemon", "exec ", "script", "task", "end script", "instance "];

    public override string Name => "upstart";

    public override string Title => "upstart job";

    public override bool Recognises(SourceText source, InputOptions options)
    {
        if (!source.FileName.EndsWith(".conf", StringComparison.Ordinal) || source.FirstLine.StartsWith("#!", StringComparison.Ordinal)) { return false; }
        int hits = 0;
        bool starts = false, runs = false;
        foreach (string line in source.Lines)
        {
            if (line.StartsWith('[')) { return false; }
            hits += Array.Exists(s_sure, w => line.StartsWith(w, StringComparison.Ordinal) || line == w.Trim()) ? 1 : 0;
            starts |= line.StartsWith("start on ", StringComparison.Ordinal);
            runs |= line.StartsWith("exec ", StringComparison.Ordinal) || line.Trim() == "end script";
        }
        return hits > 0 && (starts || runs);
    }

    public override void Convert(SourceText source, InputOptions options, Conversion into)
    {
        var job = new UpstartJob(source, into);
        for (int i = 0; i < source.Lines.Length; i++) { i = Take(source, i, job, into); }
        job.Finish();
    }

    /// <summary>One stanza, with its continuation lines, its parentheses, or its script.</summary>
    private static int Take(SourceText source, int index, UpstartJob job, Conversion into)
    {
        int line = index + 1;
        string text = source.Lines[index].Trim();
        if (text.Length == 0 || text[0] == '#') { return index; }
        string[] words = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words[^1] == "script" && words.Length <= 2)
        {
            var body = new List<string>();
            for (index++; index < source.Lines.Length && source.Lines[index].Trim() != "end script"; index++) { body.Add(source.Lines[index]); }
            if (index >= source.Lines.Length) { into.Error(line, text, "left out: the script has no end"); }
            else { job.Script(line, words.Length == 2 ? words[0] : "", string.Join('\n', body)); }
            return index;
        }
        while ((text.EndsWith('\\') || text.Count(c => c == '(') > text.Count(c => c == ')')) && index + 1 < source.Lines.Length)
        {
            text = text.TrimEnd('\\') + " " + source.Lines[++index].Trim();
        }
        job.Stanza(line, text);
        return index;
    }
}
