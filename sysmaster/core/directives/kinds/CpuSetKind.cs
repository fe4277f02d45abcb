using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>CPUs or NUMA nodes: numbers and ranges, separated by blanks or commas; lines add up.</summary>
/// <param name="numa">"numa" is accepted (CPUAffinity=).</param>
/// <param name="all">"all" is accepted (NUMAMask=).</param>
/// <param name="also">A second complaint that systemd makes for a bad value.</param>
public sealed class CpuSetKind(bool numa = false, bool all = false, string also = "") : Kind<CpuMask>("ay", CpuMask.Empty)
{
    public override bool AddsUp => true;

    public override ParseOutcome Parse(ReadOnlySpan<byte> value, CpuMask current, ParseContext ctx, out CpuMask result)
    {
        result = current;
        if (value.IsEmpty)
            return ParseOutcome.Reset;
        if (numa && value.SequenceEqual("numa"u8))
        {
            result = new CpuMask(default, fromNuma: true);
            return ParseOutcome.Set;
        }
        var bits = new byte[(CpuMask.Max + 1) / 8];
        if (all && value.SequenceEqual("all"u8))
        {
            bits.AsSpan(0, 128).Fill(0xFF);
            result = new CpuMask(bits);
            return ParseOutcome.Set;
        }
        if (!TryLine(value, bits, ctx))
        {
            if (also.Length > 0)
                ctx.Warn(also, value);
            return ParseOutcome.Refused;
        }
        result = current.Union(new CpuMask(bits));
        return ParseOutcome.Set;
    }

    public override void Print(CpuMask value, ref ByteBuilder to)
    {
        if (value.FromNuma)
            to.Append("numa"u8);
        bool first = !value.FromNuma;
        for (int cpu = 0; cpu < value.Bits.Length * 8; cpu++)
        {
            if (!value.Has(cpu))
                continue;
            int last = cpu;
            while (value.Has(last + 1))
                last++;
            TextOut.Blank(ref first, ref to);
            to.AppendDecimal((ulong)cpu);
            if (last > cpu)
            {
                to.Append((byte)'-');
                to.AppendDecimal((ulong)last);
            }
            cpu = last;
        }
    }

    /// <summary>The sets of the cpuset controller start over, those of sched_setaffinity(2) add up.</summary>
    public override void PrintSet(string name, CpuMask sent, CpuMask held, ref ByteBuilder to)
    {
        if (!numa && !all)
        {
            to.AppendAscii(name);
            to.Append("=\n"u8);
        }
        PrintLines(name, held, ref to);
    }

    /// <summary>In whole words of 64 CPUs, as clients are used to.</summary>
    public override void Write(CpuMask value, MessageWriter to)
    {
        Span<byte> words = stackalloc byte[(CpuMask.Max + 1) / 8];
        words.Clear();
        value.Bits.CopyTo(words);
        to.WriteBytes(words[..((value.Bits.Length + 7) / 8 * 8)]);
    }

    public override ParseOutcome Read(ref MessageReader from, CpuMask current, ParseContext ctx, out CpuMask result)
    {
        ReadOnlySpan<byte> bits = from.ReadBytes();
        result = CpuMask.Empty;
        if (bits.Length > (CpuMask.Max + 1) / 8)
            return ParseOutcome.Refused;
        if (!bits.IsEmpty)
            result = current.Union(new CpuMask(bits));
        return ParseOutcome.Set;
    }

    private bool TryLine(ReadOnlySpan<byte> value, byte[] bits, ParseContext ctx)
    {
        if (all)   // NUMAMask= has no specifiers
            return TryRanges(value, bits, ctx);
        var text = new ByteBuilder(stackalloc byte[256]);
        bool ok = ctx.Expand(value, ref text) && TryRanges(text.Written, bits, ctx);
        text.Dispose();
        return ok;
    }

    private static bool TryRanges(scoped ReadOnlySpan<byte> value, byte[] bits, ParseContext ctx)
    {
        using var words = new Words(value, WordFlags.Unquote, " \t\n\r,"u8);
        while (words.Next(out ReadOnlySpan<byte> word))
        {
            int dash = word.IndexOf((byte)'-');
            ReadOnlySpan<byte> from = dash < 0 ? word : word[..dash], to = dash < 0 ? word : word[(dash + 1)..];
            if (Numbers.TryUnsigned(from, out ulong low) != NumberResult.Done || Numbers.TryUnsigned(to, out ulong high) != NumberResult.Done)
            {
                ctx.Warn("Failed to parse CPU affinity '", word, "'");
                return false;
            }
            if (low > high)
            {
                ctx.Warn("Range '", word, $"' is invalid, {low} > {high}, ignoring.");
                return true;
            }
            if (high > CpuMask.Max)
            {
                ctx.Warn($"Cannot add CPU {Math.Max(low, CpuMask.Max + 1)} to set: Numerical result out of range", default);
                return false;
            }
            for (ulong cpu = low; cpu <= high; cpu++)
                bits[cpu / 8] |= (byte)(1 << (int)(cpu & 7));
        }
        return true;
    }
}
