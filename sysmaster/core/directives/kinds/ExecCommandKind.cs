using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>
/// Exec…= lines. The property carries how each command last ran, which only the unit knows: the unit's bus code calls
/// <see cref="WriteOne"/> with it; the row alone writes "never ran".
/// </summary>
public sealed class ExecCommandKind() : ListKind<ExecCommandSpec>("a(sasbttttuii)")
{
    /// <summary>One element of the property.</summary>
    public static void WriteOne(ExecCommandSpec command, in ExecStatus status, MessageWriter to)
    {
        to.BeginStruct();
        to.WriteString(command.Path);
        to.WriteStrings(command.Argv);
        to.WriteBoolean((command.Flags & ExecCommandFlags.IgnoreFailure) != 0);
        status.Write(to);
    }

    public override string TransientSignature => "a(sasb)";

    public override void PrintLines(string name, ExecCommandSpec[] value, ref ByteBuilder to)
    {
        to.AppendAscii(name);
        to.Append("=\n"u8);
        foreach (ExecCommandSpec command in value)
        {
            to.AppendAscii(name);
            to.Append((byte)'=');
            PrintItem(command, ref to);
            to.Append((byte)'\n');
        }
    }

    public override void Print(ExecCommandSpec[] value, ref ByteBuilder to)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (i > 0)
                to.Append(" ; "u8);
            PrintItem(value[i], ref to);
        }
    }

    public override bool Same(ExecCommandSpec[] a, ExecCommandSpec[] b)
    {
        bool same = a.Length == b.Length;
        for (int i = 0; same && i < a.Length; i++)
            same = a[i].Path == b[i].Path && a[i].Flags == b[i].Flags && a[i].Argv.AsSpan().SequenceEqual(b[i].Argv);
        return same;
    }

    protected override bool Add(ReadOnlySpan<byte> value, List<ExecCommandSpec> items, ParseContext ctx)
    {
        List<TextProblem>? problems = null;
        bool ok = ExecCommandText.Parse(value, ctx.Specifiers, items, ref problems);
        foreach (TextProblem problem in problems ?? [])
        {
            if (problem.IsError)
                ctx.Fail(ctx.HadUnknownSpecifier ? problem.Message.Replace("Invalid argument", "Invalid slot", StringComparison.Ordinal) : problem.Message, default);
            else
                ctx.Report(Severity.Warning, problem.Message);
        }
        return ok;
    }

    protected override void PrintItem(ExecCommandSpec item, ref ByteBuilder to)
    {
        bool argv0 = item.Argv.Length == 0 || item.Argv[0] != item.Path;
        if ((item.Flags & ExecCommandFlags.IgnoreFailure) != 0)
            to.Append((byte)'-');
        if ((item.Flags & ExecCommandFlags.NoEnvironmentExpand) != 0)
            to.Append((byte)':');
        to.Append((item.Flags & ExecCommandFlags.FullyPrivileged) != 0 ? "+"u8 : (item.Flags & ExecCommandFlags.NoSetUid) != 0 ? "!"u8
            : (item.Flags & ExecCommandFlags.AmbientMagic) != 0 ? "!!"u8 : default);
        if (argv0)
        {
            to.Append((byte)'@');
            TextOut.Word(item.Path.Span, ref to);
        }
        else
        {
            TextOut.Quoted(item.Path.Span, ref to);
        }
        for (int i = argv0 ? 0 : 1; i < item.Argv.Length; i++)
        {
            to.Append((byte)' ');
            TextOut.Quoted(item.Argv[i].Span, ref to);
        }
    }

    protected override void WriteItem(ExecCommandSpec item, MessageWriter to) => WriteOne(item, default, to);

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out ExecCommandSpec item) => ReadOne(ref from, ctx, ex: false, out item);

    internal static bool ReadOne(ref MessageReader from, ParseContext ctx, bool ex, out ExecCommandSpec item)
    {
        SysMaster.Linux.ByteText path = new(from.ReadString());
        var argv = new List<SysMaster.Linux.ByteText>();
        ArrayToken array = from.BeginArray(4);
        while (from.HasNext(array))
            argv.Add(new(from.ReadString()));
        from.EndArray(array);
        ExecCommandFlags flags = ExecCommandFlags.None;
        bool ok = true;
        if (ex)
            ok = ReadFlags(ref from, out flags);
        else if (from.ReadBoolean())
            flags = ExecCommandFlags.IgnoreFailure;
        item = new ExecCommandSpec(path, [.. argv], flags);
        if (!PathText.IsAbsolute(path.Span) && !PathText.IsFileName(path.Span))
        {
            ctx.Report(Severity.Warning, $"\"{path}\" is neither a valid executable name nor an absolute path");
            return false;
        }
        if (ok && argv.Count > 0)
            return true;
        return ok ? ctx.Refuse($"\"{ctx.Property}\" argv cannot be empty") : ctx.Refuse();
    }

    private static bool ReadFlags(ref MessageReader from, out ExecCommandFlags flags)
    {
        flags = ExecCommandFlags.None;
        bool ok = true;
        ArrayToken array = from.BeginArray(4);
        while (from.HasNext(array))
        {
            ReadOnlySpan<byte> word = from.ReadString();
            ExecCommandFlags flag = word.SequenceEqual("ignore-failure"u8) ? ExecCommandFlags.IgnoreFailure
                : word.SequenceEqual("privileged"u8) ? ExecCommandFlags.FullyPrivileged
                : word.SequenceEqual("no-setuid"u8) ? ExecCommandFlags.NoSetUid
                : word.SequenceEqual("ambient"u8) ? ExecCommandFlags.AmbientMagic
                : word.SequenceEqual("no-env-expand"u8) ? ExecCommandFlags.NoEnvironmentExpand : ExecCommandFlags.None;
            ok &= flag != ExecCommandFlags.None;
            flags |= flag;
        }
        from.EndArray(array);
        return ok;
    }
}
