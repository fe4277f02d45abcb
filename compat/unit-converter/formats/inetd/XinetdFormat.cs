using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter.Formats.Inetd;

/// <summary>xinetd.conf and the files of xinetd.d: a socket and a service for each block. man 5 xinetd.conf.</summary>
internal sealed class XinetdFormat : SourceFormat
{
    public override string Name => "xinetd";

    public override string Title => "xinetd configuration";

    public override bool Recognises(SourceText source, InputOptions options)
    {
        string? head = null;
        foreach (string raw in source.Lines)
        {
            string line = raw.Trim();
            if (line.Length == 0 || line[0] == '#') { continue; }
            if (head is not null && line.StartsWith('{')) { return true; }
            if (head is null && line.StartsWith("includedir ", StringComparison.Ordinal)) { return true; }
            string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            bool isHead = words is ["defaults", ..] or ["service", _, ..];
            if (!isHead) { return false; }
            if (words[^1] == "{") { return true; }
            head = line;
        }
        return false;
    }

    public override void Convert(SourceText source, InputOptions options, Conversion into)
    {
        XinetdBlock? block = null;
        for (int i = 0; i < source.Lines.Length; i++)
        {
            string line = source.Lines[i].Trim();
            int number = i + 1;
            if (line.Length == 0 || line[0] == '#') { continue; }
            string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (block is null && words[0] is "include" or "includedir") { into.Dropped(number, line, "not followed: name those files or the folder as sources too"); }
            else if (block is null && words[0] is "service" or "defaults")
            {
                block = new XinetdBlock(words[0] == "service" && words.Length > 1 ? words[1] : null, number);
            }
            else if (block is null) { into.Error(number, line, "stands outside of a block, left out"); }
            else if (words[0] == "{") { continue; }
            else if (words[0] == "}")
            {
                block.Finish(source, options, into);
                block = null;
            }
            else { block.Take(number, line, into); }
        }
        if (block is not null) { into.Error(block.Line, block.Name ?? "defaults", "left out: the block is not closed"); }
    }
}
