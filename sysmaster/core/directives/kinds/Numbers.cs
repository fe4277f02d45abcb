using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>The number parsers of the text room, with what the kinds ask of them: three outcomes, shares in 1/2^32, bytes in hexadecimal and base64.</summary>
internal static class Numbers
{
    public static NumberResult TryUnsigned(ReadOnlySpan<byte> text, out ulong value) => Of(NumberText.Parse(text, out value));

    public static NumberResult TrySigned(ReadOnlySpan<byte> text, out long value)
    {
        bool negative = !text.IsEmpty && text[0] == (byte)'-';
        NumberResult result = Of(NumberText.Parse(negative ? text[1..] : text, out ulong magnitude));
        value = negative ? -(long)magnitude : (long)magnitude;
        return result == NumberResult.Done && magnitude > long.MaxValue ? NumberResult.OutOfRange : result;
    }

    /// <summary>Decimal digits only, without leading zeros.</summary>
    public static bool TryPlain(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > 1 && text[0] == (byte)'0')
            return false;
        foreach (byte c in text)
        {
            if (c is < (byte)'0' or > (byte)'9' || value > uint.MaxValue)
                return false;
            value = (value * 10) + (uint)(c - '0');
        }
        return true;
    }

    public static NumberResult TrySize(ReadOnlySpan<byte> text, out ulong value, ulong radix = 1024) => Of(SizeText.Parse(text, out value, radix));

    public static NumberResult TryHexNumber(ReadOnlySpan<byte> text, out ulong value)
    {
        bool negative = !text.IsEmpty && text[0] == (byte)'-';
        NumberResult result = Of(NumberText.ParseDigits(negative ? text[1..] : text.StartsWith("0x"u8) ? text[2..] : text, 16, out value));
        return negative && result == NumberResult.Done ? NumberResult.OutOfRange : result;
    }

    public static NumberResult TryPermyriad(ReadOnlySpan<byte> text, out int value)
        => PercentText.TryParsePermyriad(text, out value) ? NumberResult.Done : NumberResult.Invalid;

    /// <summary>Ten-thousandths as a share in 1/2^32, rounded to the nearest.</summary>
    public static ulong ShareOfPermyriad(int permyriad) => (((ulong)permyriad << 32) + 5_000) / 10_000;

    /// <summary>A share as a percentage with two digits, which is as fine as it is read.</summary>
    public static void PrintShare(ulong share, ref ByteBuilder to)
    {
        ulong permyriad = (ulong)((((UInt128)share * 10_000) + (1UL << 31)) >> 32);
        to.AppendDecimal(permyriad / 100);
        if (permyriad % 100 != 0)
        {
            to.Append((byte)'.');
            to.AppendPadded(permyriad % 100, 2);
        }
        to.Append((byte)'%');
    }

    /// <summary>The same, always with two digits behind the point.</summary>
    public static void PrintHundredths(ulong share, ref ByteBuilder to)
    {
        ulong permyriad = (ulong)((((UInt128)share * 10_000) + (1UL << 31)) >> 32);
        to.AppendDecimal(permyriad / 100);
        to.Append((byte)'.');
        to.AppendPadded(permyriad % 100, 2);
        to.Append((byte)'%');
    }

    /// <summary>RLIMIT_NICE: "+5" and "-5" are nice levels, other numbers the kernel's own (20 - nice).</summary>
    public static bool TryNiceLimit(ReadOnlySpan<byte> text, out ulong value)
    {
        bool level = !text.IsEmpty && text[0] is (byte)'+' or (byte)'-';
        if (TrySigned(level && text[0] == (byte)'+' ? text[1..] : text, out long number) != NumberResult.Done)
            number = long.MinValue;
        value = (ulong)(level ? 20 - number : number);
        return level ? number is >= -20 and <= 19 : number is >= 0 and <= 40;
    }

    /// <summary>RLIMIT_CPU counts seconds, rounded up; RLIMIT_RTTIME microseconds, which is also what its bare numbers count.</summary>
    public static bool TryTimeLimit(ReadOnlySpan<byte> text, bool seconds, out ulong value)
    {
        bool ok = TimeSpanText.TryParse(text, out Usec span, seconds ? Usec.PerSec : 1);
        value = !seconds || span.IsInfinity ? span.Value : (span.Value + Usec.PerSec - 1) / Usec.PerSec;
        return ok;
    }

    public static bool TryHex(ReadOnlySpan<byte> text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 2];
        return text.Length % 2 == 0 && !text.IsEmpty && Convert.FromHexString(System.Text.Encoding.ASCII.GetString(text), bytes, out _, out int n) == System.Buffers.OperationStatus.Done
            && n == bytes.Length;
    }

    public static bool TryBase64(ReadOnlySpan<byte> text, out byte[] bytes)
    {
        bytes = new byte[System.Buffers.Text.Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        bool ok = System.Buffers.Text.Base64.DecodeFromUtf8(text, bytes, out _, out int n) == System.Buffers.OperationStatus.Done;
        Array.Resize(ref bytes, n);
        return ok;
    }

    public static string Why(NumberResult result) => result == NumberResult.OutOfRange ? "Numerical result out of range" : "Invalid argument";

    private static NumberResult Of(Errno error) => !error.Failed ? NumberResult.Done : error == Errno.ERANGE ? NumberResult.OutOfRange : NumberResult.Invalid;
}
