using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>OnFailureIsolate=, the boolean that OnFailureJobMode= was once.</summary>
public sealed class OnFailureIsolateKind() : ScalarKind<JobMode>("s", "Failed to parse boolean, ignoring: ")
{
    public override void Print(JobMode value, ref ByteBuilder to) => to.Append(value == JobMode.Isolate ? "yes"u8 : "no"u8);

    public override void Write(JobMode value, MessageWriter to) => Kinds.JobMode.Write(value, to);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out JobMode result)
    {
        bool ok = BooleanText.TryParse(value, out bool isolate);
        result = isolate ? JobMode.Isolate : JobMode.Replace;
        return ok;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out JobMode result)
    {
        result = default;
        return Kinds.JobMode.Read(ref from, result, ctx, out result) == ParseOutcome.Set;
    }
}
