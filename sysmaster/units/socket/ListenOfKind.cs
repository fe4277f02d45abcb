using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Socket;

/// <summary>One type of Listen… line: it joins the list of all; an empty line empties the whole list.</summary>
internal sealed class ListenOfKind(SocketListenType type) : LineListKind<ListenSpec>("a(ss)")
{
    internal static bool Check(SocketListenType type, scoped ReadOnlySpan<byte> address, ParseContext ctx, out ListenSpec item)
    {
        ByteText text = new(address);
        bool ok = type is SocketListenType.FIFO or SocketListenType.Special or SocketListenType.MessageQueue or SocketListenType.USBFunction
            ? TextRules.Path(address, fatal: false, ctx, out text)
            : IsAddress(type, address, ctx);
        if (ok && type == SocketListenType.Netlink && SocketAddressText.TryParseNetlink(address, out SocketAddressText? netlink))
            text = new ByteText(netlink!.ToString());   // the group is named, if it is not written
        if (ok && (type == SocketListenType.FIFO || (type != SocketListenType.Special && text.StartsWith("/"u8))))
            TextRules.LeaveVarRun(ref text, ctx);
        item = new(type, text);
        return ok;
    }

    /// <summary>What a client is told, up to the address.</summary>
    internal static string Refusal(SocketListenType type) => type switch
    {
        SocketListenType.FIFO or SocketListenType.Special or SocketListenType.MessageQueue or SocketListenType.USBFunction => "Invalid socket path: ",
        SocketListenType.Netlink => "Invalid netlink address: ",
        _ => "Invalid address: ",
    };

    private static bool IsAddress(SocketListenType type, scoped ReadOnlySpan<byte> text, ParseContext ctx)
    {
        SocketAddressText? address;
        if (type == SocketListenType.Netlink ? SocketAddressText.TryParseNetlink(text, out address) : SocketAddressText.TryParse(text, out address))
        {
            if (type != SocketListenType.SequentialPacket || address!.Kind is SocketAddressKind.Path or SocketAddressKind.Abstract)
                return true;
            ctx.Error("Address family not supported, ignoring: ", text);
            return false;
        }
        bool tooLarge = type != SocketListenType.Netlink && !text.IsEmpty && text.TrimStart((byte)'-').IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;   // a port only
        ctx.Warn("Failed to parse address value in '", text, "', ignoring: " + (tooLarge ? "Numerical result out of range" : "Invalid argument"));
        return false;
    }

    protected override bool TryItem(ReadOnlySpan<byte> value, ParseContext ctx, out ListenSpec item)
    {
        item = default;
        var text = new ByteBuilder(stackalloc byte[256]);
        bool ok = ctx.Expand(value, ref text) && Check(type, text.Written, ctx, out item);
        text.Dispose();
        return ok;
    }

    protected override void PrintItem(ListenSpec item, ref ByteBuilder to) => TextOut.Percent(item.Address.Span, ref to);

    protected override void WriteItem(ListenSpec item, MessageWriter to) => throw new InvalidOperationException("one type of listen line is no property");

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out ListenSpec item)
        => throw new InvalidOperationException("one type of listen line is no property");
}
