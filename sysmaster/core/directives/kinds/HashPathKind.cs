using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary><c>RootHashPath</c> and <c>RootHashSignaturePath</c>.</summary>
public sealed class HashPathKind() : ViewKind<HashOrPath>("s", HashOrPath.None)
{
    public override void Write(HashOrPath value, MessageWriter to) => to.WriteString(value.Path);

    public override ParseOutcome Read(ref MessageReader from, HashOrPath current, ParseContext ctx, out HashOrPath result)
    {
        bool ok = TextRules.Path(from.ReadString(), fatal: false, ctx, out ByteText path);
        result = new([], path);
        return ok ? ParseOutcome.Set : ParseOutcome.Refused;
    }
}
