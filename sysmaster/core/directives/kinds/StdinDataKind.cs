using System.Buffers;
using System.Buffers.Text;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>What is fed to standard input: StandardInputData= in base64, StandardInputText= as text with a newline. Lines add up.</summary>
/// <param name="asText">The row is StandardInputText=.</param>
public sealed class StdinDataKind(bool asText) : Kind<byte[]>("ay", [])
{
    /// <summary>As systemd: no more than 64 MiB.</summary>
    private const int Max = 64 << 20;

    public override ParseOutcome Parse(ReadOnlySpan<byte> value, byte[] current, ParseContext ctx, out byte[] result)
    {
        result = current;
        if (value.IsEmpty)
            return ParseOutcome.Reset;
        var data = new ByteBuilder(stackalloc byte[512]);
        data.Append(current);
        bool ok = asText ? AddText(value, ref data, ctx) : AddBase64(value, ref data, ctx);
        if (ok && data.Length > Max)
        {
            ctx.Report(Severity.Warning, "Standard input data too large, ignoring.");
            ok = false;
        }
        if (ok)
            result = data.Written.ToArray();
        data.Dispose();
        return ok ? ParseOutcome.Set : ParseOutcome.Refused;
    }

    public override void Print(byte[] value, ref ByteBuilder to)
    {
        var text = new byte[Base64.GetMaxEncodedToUtf8Length(value.Length)];
        _ = Base64.EncodeToUtf8(value, text, out _, out int n);
        to.Append(text.AsSpan(0, n));
    }

    public override void Write(byte[] value, MessageWriter to) => to.WriteBytes(value);

    public override ParseOutcome Read(ref MessageReader from, byte[] current, ParseContext ctx, out byte[] result)
    {
        ReadOnlySpan<byte> more = from.ReadBytes();
        result = more.IsEmpty ? [] : [.. current, .. more];
        return result.Length <= Max ? ParseOutcome.Set : ParseOutcome.Refused;
    }

    public override bool Same(byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b);

    private static bool AddText(ReadOnlySpan<byte> value, ref ByteBuilder data, ParseContext ctx)
    {
        var plain = new ByteBuilder(stackalloc byte[512]);
        bool ok = CEscape.TryUnescape(value, ref plain);
        if (!ok)
            ctx.Warn("Failed to decode C escaped text, ignoring: ", value);
        ok = ok && ctx.Expand(plain.Written, ref data);
        data.Append((byte)'\n');
        plain.Dispose();
        return ok;
    }

    private static bool AddBase64(ReadOnlySpan<byte> value, ref ByteBuilder data, ParseContext ctx)
    {
        bool ok = Numbers.TryBase64(value, out byte[] bytes);
        if (ok)
            data.Append(bytes);
        else
            ctx.Warn("Failed to decode base64 data, ignoring: ", value);
        return ok;
    }
}
