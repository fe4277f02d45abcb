using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Socket;

/// <summary>All ends that a socket unit opens, as the bus has them; in files each type is a row of its own: <see cref="ListenOfKind"/>.</summary>
internal sealed class ListenKind() : LineListKind<ListenSpec>("a(ss)")
{
    protected override string NameOf(string name, ListenSpec item) => "Listen" + SocketKinds.ListenTypes.Word(item.Type);

    protected override bool TryItem(ReadOnlySpan<byte> value, ParseContext ctx, out ListenSpec item)
    {
        item = default;
        return false;
    }

    protected override void PrintItem(ListenSpec item, ref ByteBuilder to) => TextOut.Percent(item.Address.Span, ref to);

    protected override void WriteItem(ListenSpec item, MessageWriter to)
    {
        to.WriteString(SocketKinds.ListenTypes.Word(item.Type));
        if (item.Type is SocketListenType.Stream or SocketListenType.Datagram or SocketListenType.SequentialPacket
            && SocketAddressText.TryParse(item.Address.Span, out SocketAddressText? address))
            to.WriteString(new ByteText(address!.ToString()));   // a port alone is "[::]:80"
        else
            to.WriteString(item.Address);
    }

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out ListenSpec item)
    {
        ReadOnlySpan<byte> type = from.ReadString(), address = from.ReadString();
        item = default;
        if (SocketKinds.ListenTypes.TryWord(type, out SocketListenType known))
            return ListenOfKind.Check(known, address, ctx, out item) || ctx.Refuse(ListenOfKind.Refusal(known) + System.Text.Encoding.UTF8.GetString(address));
        ctx.Warn("Unknown Socket type: ", type);
        return false;
    }
}
