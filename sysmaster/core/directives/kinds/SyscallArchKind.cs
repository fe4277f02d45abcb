using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Architectures of system calls.</summary>
public sealed class SyscallArchKind() : WordListKind<ByteText>("as")
{
    private static readonly string[] s_words =
    [
        "native", "x86", "x86-64", "x32", "arm", "arm64", "loongarch64", "mips", "mips64", "mips64-n32", "mips-le", "mips64-le", "mips64-le-n32",
        "parisc", "parisc64", "ppc", "ppc64", "ppc64-le", "riscv64", "s390", "s390x",
    ];

    protected override void Merge(List<ByteText> items, ByteText item)
    {
        if (!items.Contains(item))
            items.Add(item);
    }

    protected override bool TryItem(ReadOnlySpan<byte> word, ParseContext ctx, out ByteText item)
    {
        item = new ByteText(word);
        foreach (string known in s_words)
        {
            if (System.Text.Ascii.Equals(word, known))
                return true;
        }
        ctx.Warn("Failed to parse system call architecture \"", word, "\", ignoring: Invalid argument");
        return false;
    }

    protected override void PrintItem(ByteText item, ref ByteBuilder to) => to.Append(item.Span);

    protected override void WriteItem(ByteText item, MessageWriter to) => to.WriteString(item);

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out ByteText item) => TryItem(from.ReadString(), ctx, out item) || ctx.Refuse();
}
