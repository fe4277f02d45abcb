using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A second view of a setting that only the bus has; in files the setting goes by its own row.</summary>
public abstract class ViewKind<T>(string busSignature, T nothing = default!) : Kind<T>(busSignature, nothing)
{
    public sealed override ParseOutcome Parse(ReadOnlySpan<byte> value, T current, ParseContext ctx, out T result)
    {
        result = current;
        return ParseOutcome.Refused;
    }

    public override bool IsView => true;

    public sealed override void Print(T value, ref ByteBuilder to)
    {
    }
}
