using SysMaster.Spawn.Exec;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Allow and deny lists, "~" in front of a deny list; lines add up as <see cref="FilterList"/> says.</summary>
public sealed class FilterKind(FilterRuleText rule) : Kind<FilterList>("(bas)", FilterList.Unset)
{
    public override ParseOutcome Parse(ReadOnlySpan<byte> value, FilterList current, ParseContext ctx, out FilterList result)
    {
        result = current;
        if (value.IsEmpty)
            return ParseOutcome.Reset;
        if (rule == FilterRuleText.AddressFamilies && value.SequenceEqual("none"u8))
        {
            result = new FilterList(true, []);
            return ParseOutcome.Set;
        }
        bool invert = value[0] == (byte)'~';
        bool fresh = current.Rules.Length == 0 && !current.IsAllow;
        bool allow = fresh ? !invert : current.IsAllow;
        var rules = new List<FilterRule>(current.Rules);
        using var words = new Words(invert ? value[1..] : value, WordFlags.Unquote);
        while (words.Next(out ReadOnlySpan<byte> word))
        {
            if (TryRule(word, adds: invert != allow, invert, ctx, out FilterRule parsed))
                FilterList.Apply(rules, parsed);
        }
        if (words.Failed)
            ctx.Warn("Invalid syntax, ignoring: ", value);
        result = new FilterList(allow, [.. rules]);
        return ParseOutcome.Set;
    }

    public override void Print(FilterList value, ref ByteBuilder to) => PrintRun(value, value.Rules, adds: true, ref to);

    /// <summary>A run of rules of one sense a line: what adds first, what takes away after it, in the order they were written.</summary>
    public override void PrintLines(string name, FilterList value, ref ByteBuilder to)
    {
        int at = 0;
        do
        {
            int end = at;
            bool adds = at >= value.Rules.Length || value.Rules[at].Adds;
            while (end < value.Rules.Length && value.Rules[end].Adds == adds)
                end++;
            to.AppendAscii(name);
            to.Append((byte)'=');
            if (value.Rules.Length == 0)
                to.Append(value.IsAllow ? "none"u8 : default);
            else
                PrintRun(value, value.Rules.AsSpan(at, end - at), adds, ref to);
            to.Append((byte)'\n');
            at = end;
        }
        while (at < value.Rules.Length);
    }

    /// <summary>A list of nothing is an empty line.</summary>
    public override void PrintSet(string name, FilterList sent, FilterList held, ref ByteBuilder to)
    {
        if (sent.Rules.Length > 0 || sent.IsAllow && rule == FilterRuleText.AddressFamilies)
        {
            PrintLines(name, sent, ref to);
            return;
        }
        to.AppendAscii(name);
        to.Append("=\n"u8);
    }

    public override void Write(FilterList value, MessageWriter to)
    {
        to.BeginStruct();
        to.WriteBoolean(value.IsAllow);
        ArrayMark array = to.BeginArray(4);
        foreach (FilterRule one in rule is FilterRuleText.SystemCalls or FilterRuleText.SystemCallsOnly ? SystemCallNames.Expand(value, rule == FilterRuleText.SystemCalls) : InOrder(value))
            WriteRule(one, to);
        to.EndArray(array);
    }

    public override ParseOutcome Read(ref MessageReader from, FilterList current, ParseContext ctx, out FilterList result)
    {
        from.BeginStruct();
        bool allow = from.ReadBoolean();
        bool fresh = current.Rules.Length == 0 && !current.IsAllow;
        bool isAllow = fresh ? allow : current.IsAllow;
        var rules = new List<FilterRule>(current.Rules);
        bool ok = true, any = false;
        ArrayToken array = from.BeginArray(4);
        while (from.HasNext(array))
        {
            any = true;
            bool good = TryRule(from.ReadString(), adds: allow == isAllow, !allow, ctx, out FilterRule one, isSent: true);
            ok &= good || rule == FilterRuleText.Interfaces;   // a name that is none is left out
            if (good)
                FilterList.Apply(rules, one);
        }
        from.EndArray(array);
        result = any ? new FilterList(isAllow, [.. rules]) : allow && rule == FilterRuleText.AddressFamilies ? new FilterList(true, []) : FilterList.Unset;
        return ok ? ParseOutcome.Set : ParseOutcome.Refused;
    }

    /// <summary>What is in the list, by name, as clients see sets.</summary>
    private static List<FilterRule> InOrder(FilterList list)
    {
        List<FilterRule> rules = [.. list.Rules];
        rules.RemoveAll(static r => !r.Adds);
        rules.Sort(static (a, b) => a.Name.Span.SequenceCompareTo(b.Name.Span));
        return rules;
    }

    private static void WriteRule(FilterRule one, MessageWriter to)
    {
        var text = new ByteBuilder(stackalloc byte[128]);
        PrintRule(one, ref text);
        to.WriteString(text.Written);
        text.Dispose();
    }

    private static void PrintRun(FilterList list, ReadOnlySpan<FilterRule> rules, bool adds, ref ByteBuilder to)
    {
        if (adds != list.IsAllow)
            to.Append((byte)'~');
        bool first = true;
        foreach (FilterRule one in rules)
        {
            TextOut.Blank(ref first, ref to);
            PrintRule(one, ref to);
        }
    }

    private static void PrintRule(FilterRule one, ref ByteBuilder to)
    {
        to.Append(one.Name.Span);
        if (one.Errno < 0)
            return;
        to.Append((byte)':');
        ErrnoText.Print(one.Errno, ref to);
    }

    private bool TryRule(ReadOnlySpan<byte> word, bool adds, bool inverted, ParseContext ctx, out FilterRule result, bool isSent = false)
    {
        int errno = -1;
        ReadOnlySpan<byte> name = word;
        if (rule == FilterRuleText.SystemCalls && word.IndexOf((byte)':') is var colon and > 0)
        {
            name = word[..colon];
            if (!ErrnoText.TryParse(word[(colon + 1)..], out errno))
            {
                result = default;
                ctx.Warn("Failed to parse syscall:errno, ignoring: ", word);
                return false;
            }
        }
        if (errno >= 0 && !inverted)
        {
            result = default;
            ctx.Warn("Allow-listed system calls cannot take error number, ignoring: ", word);
            return false;
        }
        result = new FilterRule(new ByteText(name), adds, errno);
        switch (rule)
        {
            case FilterRuleText.AddressFamilies when !AddressFamilies.IsKnown(name):
                _ = ctx.Refuse();
                ctx.Warn("Failed to parse address family, ignoring: ", name);
                return false;
            // A client is believed: the call may be one of another machine.
            case FilterRuleText.SystemCalls or FilterRuleText.SystemCallsOnly: return isSent ? !name.IsEmpty : CheckCall(name, ctx);
            case FilterRuleText.Interfaces when !TextRules.IsInterfaceName(name): ctx.Warn("Invalid interface name, ignoring: ", name); return false;
            default: return !name.IsEmpty;
        }
    }

    private static bool CheckCall(ReadOnlySpan<byte> name, ParseContext ctx)
    {
        short single = 0;
        if (!SystemCallTable.Members(name, ref single).IsEmpty)
            return true;
        ctx.Warn(name.StartsWith("@"u8) ? "Unknown system call group, ignoring: " : "Failed to parse system call, ignoring: ", name);
        return false;
    }
}
