using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>The same commands with all their flags as words (<c>ExecStartEx</c>).</summary>
public sealed class ExecCommandExKind() : ViewKind<ExecCommandSpec[]>("a(sasasttttuii)", [])
{
    /// <summary>What a client sends to start something.</summary>
    public const string TransientSignature = "a(sasas)";

    /// <summary>One element of the property.</summary>
    public static void WriteOne(ExecCommandSpec command, in ExecStatus status, MessageWriter to)
    {
        to.BeginStruct();
        to.WriteString(command.Path);
        to.WriteStrings(command.Argv);
        ArrayMark flags = to.BeginArray(4);
        WriteFlag(command, ExecCommandFlags.IgnoreFailure, "ignore-failure"u8, to);
        WriteFlag(command, ExecCommandFlags.FullyPrivileged, "privileged"u8, to);
        WriteFlag(command, ExecCommandFlags.NoSetUid, "no-setuid"u8, to);
        WriteFlag(command, ExecCommandFlags.AmbientMagic, "ambient"u8, to);
        WriteFlag(command, ExecCommandFlags.NoEnvironmentExpand, "no-env-expand"u8, to);
        to.EndArray(flags);
        status.Write(to);
    }

    public override void Write(ExecCommandSpec[] value, MessageWriter to)
    {
        ArrayMark array = to.BeginArray(8);
        foreach (ExecCommandSpec command in value)
            WriteOne(command, default, to);
        to.EndArray(array);
    }

    public override ParseOutcome Read(ref MessageReader from, ExecCommandSpec[] current, ParseContext ctx, out ExecCommandSpec[] result)
    {
        var items = new List<ExecCommandSpec>(current);
        bool ok = true, any = false;
        ArrayToken array = from.BeginArray(8);
        while (ok && from.HasNext(array))
        {
            from.BeginStruct();
            any = true;
            ok = ExecCommandKind.ReadOne(ref from, ctx, ex: true, out ExecCommandSpec item);
            items.Add(item);
        }
        from.EndArray(array);
        result = any ? [.. items] : [];
        return ok ? ParseOutcome.Set : ParseOutcome.Refused;
    }

    private static void WriteFlag(ExecCommandSpec command, ExecCommandFlags flag, ReadOnlySpan<byte> word, MessageWriter to)
    {
        if ((command.Flags & flag) != 0)
            to.WriteString(word);
    }
}
