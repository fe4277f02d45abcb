using System.Buffers.Binary;
using SysMaster.Linux;

namespace SysMaster.Units.Device;

/// <summary>
/// One datagram of udev's multicast group: a header of 40 bytes ("libudev\0", magic 0xfeedcafe in network order, size of the header,
/// offset and length of the properties, hashes for filters), then "KEY=VALUE\0" and again. The layout is that of libudev's monitor.
/// </summary>
public static class UdevMessage
{
    private const uint Magic = 0xfeedcafe;
    private const int HeaderSize = 40;

    /// <returns>Null if it is no such message.</returns>
    public static UdevDevice? Parse(ReadOnlySpan<byte> datagram, ByteText sysRoot)
    {
        if (datagram.Length < HeaderSize || !datagram.StartsWith("libudev\0"u8)) { return null; }
        if (BinaryPrimitives.ReadUInt32BigEndian(datagram[8..]) != Magic) { return null; }
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(datagram[16..]), length = BinaryPrimitives.ReadUInt32LittleEndian(datagram[20..]);
        if (offset < HeaderSize || offset > (uint)datagram.Length || length > (uint)datagram.Length - offset) { return null; }
        ReadOnlySpan<byte> properties = datagram.Slice((int)offset, (int)length);
        ReadOnlySpan<byte> place = Find(properties, "DEVPATH="u8);
        if (place.IsEmpty || place[0] != (byte)'/') { return null; }
        var path = new UnitFiles.ByteBuilder(stackalloc byte[256]);
        path.Append(sysRoot.Span);
        path.Append(place);
        var device = new UdevDevice(path.ToByteText());
        path.Dispose();
        while (!properties.IsEmpty) { device.Set(Take(ref properties, 0)); }
        ReadOnlySpan<byte> links = device.Get("DEVLINKS").Span;
        while (!links.IsEmpty)
        {
            ReadOnlySpan<byte> link = Take(ref links, (byte)' ');
            if (!link.IsEmpty) { device.Links.Add(link); }
        }
        // Older senders say all tags only.
        ByteText tags = device.Get("CURRENT_TAGS").IsEmpty ? device.Get("TAGS") : device.Get("CURRENT_TAGS");
        device.IsTagged = tags.Span.IndexOf(":systemd:"u8) >= 0;
        return device;
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> properties, ReadOnlySpan<byte> key)
    {
        while (!properties.IsEmpty)
        {
            ReadOnlySpan<byte> one = Take(ref properties, 0);
            if (one.StartsWith(key)) { return one[key.Length..]; }
        }
        return default;
    }

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> rest, byte end)
    {
        int at = rest.IndexOf(end);
        ReadOnlySpan<byte> one = at < 0 ? rest : rest[..at];
        rest = at < 0 ? default : rest[(at + 1)..];
        return one;
    }
}
