using System.Text;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Lists of two texts that belong together.</summary>
public sealed class PairKind(PairRule rule) : ListKind<TextPair>("a(ss)")
{
    private static readonly string[] s_partitions =
        ["root", "usr", "home", "srv", "esp", "xbootldr", "swap", "root-verity", "usr-verity", "root-verity-sig", "usr-verity-sig", "tmp", "var"];

    private static readonly string[] s_attach =
    [
        "ingress", "egress", "sock_create", "sock_ops", "device", "bind4", "bind6", "connect4", "connect6", "post_bind4", "post_bind6", "sendmsg4", "sendmsg6",
        "sysctl", "recvmsg4", "recvmsg6", "getsockopt", "setsockopt",
    ];

    private bool OneALine => rule >= PairRule.IdAndPath;

    public override void PrintLines(string name, TextPair[] value, ref ByteBuilder to)
    {
        if (!OneALine || value.Length == 0)
        {
            base.PrintLines(name, value, ref to);
            return;
        }
        foreach (TextPair item in value)
        {
            to.AppendAscii(name);
            to.Append((byte)'=');
            PrintItem(item, ref to);
            to.Append((byte)'\n');
        }
    }

    protected override bool Add(ReadOnlySpan<byte> value, List<TextPair> items, ParseContext ctx)
    {
        if (rule == PairRule.DeviceAndPermissions)
            return AddDevice(value, items, ctx);
        if (OneALine)
            return AddOne(value, items, ctx);
        using var words = new Words(value, WordFlags.Unquote);
        bool any = false;
        while (words.Next(out ReadOnlySpan<byte> word))
            any |= AddOne(word, items, ctx);
        return any;
    }

    protected override void Merge(List<TextPair> items, TextPair item)
    {
        if (rule == PairRule.IdAndPath || rule == PairRule.DeviceAndPermissions)
            items.RemoveAll(new SameFirst(item.First).Is);
        items.Add(item);
    }

    protected override void PrintItem(TextPair item, ref ByteBuilder to)
    {
        if (rule == PairRule.DeviceAndPermissions)
        {
            TextOut.Word(item.First.Span, ref to, escapes: false);
            to.Append((byte)' ');
            to.Append(item.Second.Span);
            return;
        }
        if (rule == PairRule.PartitionAndOptions && item.First.Span.SequenceEqual("root"u8) && item.Second.Span.IndexOf((byte)':') < 0)
        {
            TextOut.Word(item.Second.Span, ref to, escapes: false);
            return;
        }
        var text = new ByteBuilder(stackalloc byte[512]);
        text.Append(item.First.Span);
        if (!item.Second.IsEmpty)
        {
            text.Append((byte)':');
            text.Append(item.Second.Span);
        }
        if (OneALine)
            TextOut.Percent(text.Written, ref to);
        else
            TextOut.Word(text.Written, ref to, escapes: false);
        text.Dispose();
    }

    protected override void WriteItem(TextPair item, MessageWriter to)
    {
        to.WriteString(item.First);
        to.WriteString(item.Second);
    }

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out TextPair item)
    {
        ReadOnlySpan<byte> first = from.ReadString(), second = from.ReadString();
        return Check(first, second, ctx, out item) || ctx.Refuse(Refusal(first, second, ctx.Property));
    }

    /// <summary>What a client is told.</summary>
    private string Refusal(scoped ReadOnlySpan<byte> first, scoped ReadOnlySpan<byte> second, string property)
    {
        string what = Encoding.UTF8.GetString(first);
        return rule switch
        {
            PairRule.PathAndOptions => $"Mount point {what} is not {(PathText.IsAbsolute(first) ? "normalized" : "absolute")}.",
            PairRule.PartitionAndOptions => $"Invalid partition name {what}",
            PairRule.IdAndPath => CredentialKind.IsId(first) ? $"Credential source is invalid: {Encoding.UTF8.GetString(second)}" : $"Credential ID is invalid: {what}",
            PairRule.AttachAndPath => IsOneOf(s_attach, first) ? $"{property}= expects a normalized absolute path."
                : $"{property} expects a valid BPF attach type, got '{what}'.",
            _ => IsDevice(first) ? "DeviceAllow= requires combination of rwm flags" : "DeviceAllow= requires device node or pattern",
        };
    }

    protected override SetForm Form => rule switch
    {
        PairRule.PathAndOptions => SetForm.LineEach,
        PairRule.DeviceAndPermissions or PairRule.AttachAndPath => SetForm.Whole,
        _ => SetForm.AsInFiles,
    };

    protected override void PrintSetItem(TextPair item, ref ByteBuilder to)
    {
        PrintItem(item, ref to);
        if (rule == PairRule.PathAndOptions && item.Second.IsEmpty)
            to.Append((byte)':');
    }

    /// <summary>The device alone is a word with quotes and specifiers; what stands behind it is taken as it is.</summary>
    private bool AddDevice(ReadOnlySpan<byte> value, List<TextPair> items, ParseContext ctx)
    {
        using var words = new Words(value, WordFlags.Unquote);
        if (!words.Next(out ReadOnlySpan<byte> word))
        {
            ctx.Warn("Failed to extract device path and rights from '", value, "', ignoring.");
            return false;
        }
        var device = new ByteBuilder(stackalloc byte[512]);
        TextPair item = default;
        bool ok = ctx.Expand(word, ref device) && Check(device.Written, words.Rest.Trim(" \t"u8), ctx, out item);
        device.Dispose();
        if (ok)
            Merge(items, item);
        return ok;
    }

    private bool AddOne(scoped ReadOnlySpan<byte> value, List<TextPair> items, ParseContext ctx)
    {
        int split = value.IndexOf((byte)':');
        if (rule == PairRule.AttachAndPath && !IsProgram(value, split, ctx))
            return false;
        scoped ReadOnlySpan<byte> first = split < 0 ? value : value[..split], second = split < 0 ? default : value[(split + 1)..].Trim(" \t"u8);
        if (split < 0 && rule == PairRule.PartitionAndOptions)
        {
            second = first;
            first = "root"u8;
        }
        var a = new ByteBuilder(stackalloc byte[256]);
        var b = new ByteBuilder(stackalloc byte[256]);
        bool ok = ctx.Expand(first, ref a);
        if (rule == PairRule.PathAndOptions)   // options are taken as they are
            b.Append(second);
        else
            ok = ok && ctx.Expand(second, ref b);
        if (ok)
        {
            ok = Check(a.Written, b.Written, ctx, out TextPair item);
            if (ok)
                Merge(items, item);
        }
        a.Dispose();
        b.Dispose();
        return ok;
    }

    private static bool IsProgram(scoped ReadOnlySpan<byte> value, int split, ParseContext ctx)
    {
        bool hasBoth = split >= 0 && split + 1 < value.Length;
        if (!hasBoth)
            ctx.Warn("Invalid syntax in {0}=, ignoring: ", value);
        else if (!IsOneOf(s_attach, value[..split]))
            ctx.Warn("Unknown BPF attach type=", value[..split], $", ignoring: {Encoding.UTF8.GetString(value)}");
        else
            return true;
        return false;
    }

    private bool Check(scoped ReadOnlySpan<byte> first, scoped ReadOnlySpan<byte> second, ParseContext ctx, out TextPair item)
    {
        item = new(new ByteText(first), new ByteText(second));
        switch (rule)
        {
            case PairRule.PathAndOptions:
                bool ok = TextRules.Path(first, fatal: false, ctx, out ByteText path);
                item = new(path, item.Second);
                return ok;
            case PairRule.PartitionAndOptions when !IsOneOf(s_partitions, first): ctx.Warn("Invalid partition designator, ignoring: ", first); return false;
            case PairRule.IdAndPath: return CheckCredential(first, second, ctx, ref item);
            case PairRule.AttachAndPath: return CheckProgram(first, second, ctx, ref item);
            case PairRule.DeviceAndPermissions: return CheckDevice(first, second, ctx, ref item);
            default: return true;
        }
    }

    private static bool CheckCredential(scoped ReadOnlySpan<byte> id, scoped ReadOnlySpan<byte> from, ParseContext ctx, ref TextPair item)
    {
        if (!CredentialKind.IsId(id))
        {
            ctx.Warn("Credential name \"", id, "\" not valid, ignoring.");
            return false;
        }
        if (from.IsEmpty)   // the manager's own credential of the same name
            item = item with { Second = item.First };
        else if (!PathText.IsAbsolute(from) && !CredentialKind.IsId(from))
        {
            ctx.Warn("Credential source \"", from, "\" not valid, ignoring.");
            return false;
        }
        return true;
    }

    private static bool CheckProgram(scoped ReadOnlySpan<byte> attach, scoped ReadOnlySpan<byte> program, ParseContext ctx, ref TextPair item)
    {
        if (!IsOneOf(s_attach, attach))
        {
            ctx.Warn("Unknown BPF attach type=", attach);
            return false;
        }
        bool ok = TextRules.Path(program, fatal: false, ctx, out ByteText path);
        item = item with { Second = path };
        return ok;
    }

    private static bool CheckDevice(scoped ReadOnlySpan<byte> device, scoped ReadOnlySpan<byte> permissions, ParseContext ctx, ref TextPair item)
    {
        if (PathText.IsAbsolute(device) && !TextRules.Path(device, fatal: false, ctx, out _))
            return false;
        if (!IsDevice(device))
        {
            ctx.Warn("Invalid device node path '", device, "', ignoring.");
            return false;
        }
        if (permissions.IsEmpty)
        {
            item = item with { Second = new ByteText("rwm"u8) };
            return true;
        }
        if (permissions.IndexOfAnyExcept("rwm"u8) < 0)
            return true;
        ctx.Warn("Invalid device rights '", permissions, "', ignoring.");
        return false;
    }

    private static bool IsDevice(scoped ReadOnlySpan<byte> device)
    {
        ReadOnlySpan<byte> below = device.StartsWith("/dev/"u8) ? device[5..] : device.StartsWith("/run/systemd/inaccessible/"u8) ? device[26..] : default;
        return device.StartsWith("block-"u8) || device.StartsWith("char-"u8) || !below.IsEmpty && PathText.IsNormalizable(device);
    }

    private static bool IsOneOf(string[] words, scoped ReadOnlySpan<byte> text)
    {
        foreach (string word in words)
        {
            if (System.Text.Ascii.Equals(text, word))
                return true;
        }
        return false;
    }

    private sealed class SameFirst(ByteText first)
    {
        public bool Is(TextPair pair) => pair.First == first;
    }
}
