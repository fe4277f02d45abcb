using SysMaster.UnitFiles;
using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>The links of directories (<c>RuntimeDirectorySymlink</c>): path, link, and flags that are always zero.</summary>
public sealed class ExecDirectoryLinkKind() : ViewKind<ExecDirectory[]>("a(sst)", [])
{
    public override void Write(ExecDirectory[] value, MessageWriter to)
    {
        ArrayMark array = to.BeginArray(8);
        foreach (ExecDirectory item in value)
        {
            if (item.Link.IsEmpty)
                continue;
            to.BeginStruct();
            to.WriteString(item.Path);
            to.WriteString(item.Link);
            to.WriteUInt64(0);
        }
        to.EndArray(array);
    }

    public override ParseOutcome Read(ref MessageReader from, ExecDirectory[] current, ParseContext ctx, out ExecDirectory[] result)
    {
        var items = new List<ExecDirectory>(current);
        bool ok = true, any = false;
        ArrayToken array = from.BeginArray(8);
        while (from.HasNext(array))
        {
            from.BeginStruct();
            any = true;
            ok &= TryPath(from.ReadString(), "Source", ctx, out ByteText path);
            ok &= TryPath(from.ReadString(), "Destination", ctx, out ByteText link);
            ok &= from.ReadUInt64() == 0 || ctx.Refuse("Flags must be zero.");
            items.Add(new(path, link));
        }
        from.EndArray(array);
        result = any ? [.. items] : [];
        return ok ? ParseOutcome.Set : ParseOutcome.Refused;
    }

    private static bool TryPath(ReadOnlySpan<byte> text, string what, ParseContext ctx, out ByteText path)
        => ExecDirectoryKind.Check(text, ctx, out path)
            || ctx.Refuse($"{what} path {System.Text.Encoding.UTF8.GetString(text)} is {(PathText.IsAbsolute(text) ? "absolute" : "not valid")}.");
}
