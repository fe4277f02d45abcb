using System.Text;
using SysMaster.Core.Boot;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Conditions;

/// <summary>Tests of the machine and what it booted.</summary>
internal static class MachineTests
{
    public static Result<bool> Architecture(ByteText parameter, SystemFacts facts)
    {
        string wanted = parameter.ToString();
        return facts.Architecture == (wanted == "native" ? MachineArchitecture.Native : wanted);
    }

    public static Result<bool> Virtualization(ByteText parameter, SystemFacts facts)
    {
        string wanted = parameter.ToString();
        Virtualization virtualization = facts.Virtualization;
        if (wanted == "private-users") { return IsInUserNamespace(); }
        if (BootWords.BooleanOrNull(wanted) is { } any) { return any == (virtualization.Id.Length > 0); }
        return wanted switch
        {
            "vm" => !virtualization.IsContainer && virtualization.IsMachine,
            "container" => virtualization.IsContainer,
            _ => virtualization.Id.Length > 0 && virtualization.Id == wanted,
        };
    }

    public static Result<bool> Host(ByteText parameter, SystemFacts facts)
    {
        string id = MachineIdText.FromUuidOrEmpty(parameter.ToString());
        if (id.Length > 0) { return id == facts.MachineId; }
        return Sys.Matches(parameter, new ByteText(facts.Hostname), LibC.FNM_CASEFOLD);
    }

    public static Result<bool> KernelCommandLine(ByteText parameter, SystemFacts facts) => facts.CommandLine.Contains(parameter.ToString());

    /// <summary>Blank-separated expressions that all must hold. The first operator may stand apart from its version; without one it is a glob.</summary>
    public static Result<bool> KernelVersion(ByteText parameter, SystemFacts facts)
    {
        using var words = new Words(parameter.Span, WordFlags.Unquote);
        bool any = false;
        while (words.Next(out ReadOnlySpan<byte> word))
        {
            ReadOnlySpan<char> text = Encoding.UTF8.GetString(word);
            CompareOperator op = Comparison.Take(ref text);
            text = text.TrimStart();
            if (text.IsEmpty)
            {
                if (any || !words.Next(out word)) { return Errno.EINVAL; }
                text = Encoding.UTF8.GetString(word);
            }
            if (!Comparison.Texts(facts.KernelRelease, op == CompareOperator.None ? CompareOperator.Glob : op, text)) { return false; }
            any = true;
        }
        return words.Failed ? Errno.EINVAL : true;
    }

    /// <summary>"ID=debian", "VERSION_ID&gt;=12": all must hold. A field that is not there counts as empty.</summary>
    public static Result<bool> OsRelease(ByteText parameter, SystemFacts facts)
    {
        using var words = new Words(parameter.Span, WordFlags.CUnescape | WordFlags.Unquote);
        while (words.Next(out ReadOnlySpan<byte> word))
        {
            ReadOnlySpan<char> text = Encoding.UTF8.GetString(word);
            int key = 0;
            while (key < text.Length && (char.IsAsciiLetterOrDigit(text[key]) || text[key] == '_')) { key++; }
            if (key == 0 || char.IsAsciiDigit(text[0])) { return Errno.EINVAL; }
            ReadOnlySpan<char> rest = text[key..];
            CompareOperator op = Comparison.Take(ref rest);
            if (op == CompareOperator.None || rest.IsEmpty) { return Errno.EINVAL; }
            if (!Comparison.Texts(facts.OsRelease[text[..key].ToString()], op, rest)) { return false; }
        }
        return words.Failed ? Errno.EINVAL : true;
    }

    /// <summary>The identity map of the initial namespace covers all 32 bits; any other means a namespace of users.</summary>
    private static bool IsInUserNamespace()
    {
        string map = SmallFile.FirstLineOrNull("/proc/self/uid_map") ?? "";
        string[] fields = map.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool initial = fields is ["0", "0", "4294967295"];
        return map.Length > 0 && (!initial || (SmallFile.FirstLineOrNull("/proc/self/setgroups") ?? "allow") == "deny");
    }
}
