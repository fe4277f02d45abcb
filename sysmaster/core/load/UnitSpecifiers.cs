using System.Text;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>What %n, %i, %t and the others stand for in one unit's files. systemd.unit(5), "Specifiers".</summary>
internal sealed class UnitSpecifiers(Unit unit) : ISpecifierSource
{
    public SpecifierResult Expand(byte specifier, ref ByteBuilder output)
    {
        UnitName id = unit.Id;
        switch (specifier)
        {
            case (byte)'n': output.AppendAscii(id.Text); return SpecifierResult.Done;
            case (byte)'N': output.AppendAscii(id.Stem); return SpecifierResult.Done;
            case (byte)'p': output.AppendAscii(id.Prefix); return SpecifierResult.Done;
            case (byte)'P': return Unescape(id.Prefix, ref output);
            case (byte)'i': output.AppendAscii(id.Instance); return SpecifierResult.Done;
            case (byte)'I': return Unescape(id.Instance, ref output);
            case (byte)'j': output.AppendAscii(LastPart(id.Prefix)); return SpecifierResult.Done;
            case (byte)'J': return Unescape(LastPart(id.Prefix), ref output);
            case (byte)'f': return Path(id, ref output);
            case (byte)'y': output.Append(unit.FragmentPath.Span); return SpecifierResult.Done;
            case (byte)'Y':
                ReadOnlySpan<byte> path = unit.FragmentPath.Span;
                output.Append(path[..Math.Max(path.LastIndexOf((byte)'/'), 0)]);
                return SpecifierResult.Done;
            case (byte)'c': output.AppendAscii(unit.Manager.Cgroups.PlaceOf(unit)); return SpecifierResult.Done;
            case (byte)'r':
                output.AppendAscii(unit.Slice is { } slice ? unit.Manager.Cgroups.PlaceOf(slice) : "/");
                return SpecifierResult.Done;
            case (byte)'R': output.AppendAscii(unit.Manager.Cgroups.Root); return SpecifierResult.Done;
            case (byte)'d':
                output.AppendAscii(unit.Manager.Options.RuntimeDirectory);
                output.Append("/credentials/"u8);
                output.AppendAscii(id.Text);
                return SpecifierResult.Done;
            default: return unit.Manager.Specifiers.Expand(specifier, ref output);
        }
    }

    private static ReadOnlySpan<char> LastPart(ReadOnlySpan<char> prefix) => prefix[(prefix.LastIndexOf('-') + 1)..];

    private static SpecifierResult Unescape(ReadOnlySpan<char> text, ref ByteBuilder output)
    {
        Span<byte> bytes = stackalloc byte[256];
        int n = Encoding.ASCII.GetBytes(text, bytes);
        return UnitNameEscape.TryUnescape(bytes[..n], ref output) ? SpecifierResult.Done : SpecifierResult.Failed;
    }

    private static SpecifierResult Path(UnitName id, ref ByteBuilder output)
    {
        ReadOnlySpan<char> text = id.Instance.IsEmpty ? id.Prefix : id.Instance;
        Span<byte> bytes = stackalloc byte[256];
        int n = Encoding.ASCII.GetBytes(text, bytes);
        if (n == 0 || bytes[0] != (byte)'/') { output.Append("/"u8); }
        return UnitNameEscape.TryUnescape(bytes[..n], ref output) ? SpecifierResult.Done : SpecifierResult.Failed;
    }
}
