using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>RootHash= (hexadecimal) and RootHashSignature= (base64:…), or the path of a file with it.</summary>
/// <param name="base64">A signature.</param>
public sealed class HashKind(bool base64) : ScalarKind<HashOrPath>("ay", "", emptyResets: true, nothing: HashOrPath.None)
{
    public override void Print(HashOrPath value, ref ByteBuilder to)
    {
        if (value.Bytes.Length == 0)
        {
            TextOut.Percent(value.Path.Span, ref to);
        }
        else if (base64)
        {
            to.Append("base64:"u8);
            to.AppendAscii(Convert.ToBase64String(value.Bytes));
        }
        else
        {
            to.AppendAscii(Convert.ToHexStringLower(value.Bytes));
        }
    }

    public override void Write(HashOrPath value, MessageWriter to) => to.WriteBytes(value.Bytes);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out HashOrPath result)
    {
        result = HashOrPath.None;
        if (PathText.IsAbsolute(value))
        {
            var text = new ByteBuilder(stackalloc byte[512]);
            ByteText path = default;
            bool good = ctx.Expand(value, ref text, fatal: true);
            if (good)
                path = TextRules.Simple(text.Written);   // dots in it are the kernel's business
            result = new([], path);
            text.Dispose();
            return good;
        }
        if (base64 && !value.StartsWith("base64:"u8))
        {
            ctx.Warn("Failed to decode {0}=, not a path but doesn't start with 'base64:', ignoring: ", value);
            return false;
        }
        bool ok = base64 ? Numbers.TryBase64(value[7..], out byte[] bytes) : Numbers.TryHex(value, out bytes);
        bool isLong = base64 || bytes.Length >= 16;
        result = new(bytes, default);
        if (!ok || !isLong)
            ctx.Warn(ok ? "{0}= is too short, ignoring: " : "Failed to decode {0}=, ignoring: ", value);
        return ok && isLong;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out HashOrPath result)
    {
        result = new(from.ReadBytes().ToArray(), default);
        return true;
    }
}
