using System.Buffers.Text;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Device;

/// <summary>
/// udev's database: one file per device in /run/udev/data, named by device ID ("b254:0" and "c4:64" by number, "n2" by interface
/// index, "+usb:1-1" by subsystem and name), and one directory per tag with the IDs of the devices that bear it.
/// </summary>
public sealed class UdevDatabase(ByteText run, ByteText sys)
{
    private const int FileLimit = 1 << 20;

    public ByteText Sys { get; } = sys;

    /// <summary>IDs of all devices that bear the tag "systemd" or once did.</summary>
    public List<ByteText> Tagged()
    {
        var ids = new List<ByteText>();
        Result<DirectoryReader> opened = SysMaster.Linux.Sys.OpenDirectory(Join(run, "/udev/tags/systemd"u8));
        if (opened.Failed) { return ids; }
        using DirectoryReader entries = opened.Value;
        while (entries.MoveNext())
        {
            ReadOnlySpan<byte> name = entries.Current.Name;
            if (!name.IsEmpty && name[0] != (byte)'.') { ids.Add(name); }
        }
        return ids;
    }

    /// <returns>Null if the device is gone or the ID cannot be understood.</returns>
    public UdevDevice? Read(ByteText id)
    {
        ByteText place = PlaceOf(id.Span);
        if (place.IsEmpty) { return null; }
        var device = new UdevDevice(place);
        Result<byte[]> uevent = SysMaster.Linux.Sys.ReadFile(Join(place, "/uevent"u8), FileLimit);
        if (uevent.Failed) { return null; }
        ReadOnlySpan<byte> rest = uevent.Value;
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<byte> line = TakeLine(ref rest);
            if (line.StartsWith("DEVNAME="u8)) { device.Set("DEVNAME", Join("/dev/"u8, line[8..]).Span); }
            else { device.Set(line); }
        }
        Result<byte[]> data = SysMaster.Linux.Sys.ReadFile(Join(Join(run, "/udev/data/"u8), id.Span), FileLimit);
        if (!data.Failed) { ReadData(device, data.Value); }
        return device;
    }

    private static void ReadData(UdevDevice device, ReadOnlySpan<byte> rest)
    {
        bool wasTagged = false, hasVersion = false;
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<byte> line = TakeLine(ref rest);
            if (line.Length < 3 || line[1] != (byte)':') { continue; }
            ReadOnlySpan<byte> value = line[2..];
            switch (line[0])
            {
                case (byte)'S': device.Links.Add(Join("/dev/"u8, value)); break;
                case (byte)'E': device.Set(value); break;
                case (byte)'G': wasTagged |= value.SequenceEqual("systemd"u8); break;
                case (byte)'Q': device.IsTagged |= value.SequenceEqual("systemd"u8); break;
                case (byte)'V': hasVersion = true; break;
            }
        }
        // Databases without a version do not tell current tags from former ones.
        if (!hasVersion) { device.IsTagged |= wasTagged; }
    }

    private ByteText PlaceOf(ReadOnlySpan<byte> id)
    {
        if (id.Length < 2) { return default; }
        switch (id[0])
        {
            case (byte)'b': return Follow(Join(Join(Sys, "/dev/block/"u8), id[1..]));
            case (byte)'c': return Follow(Join(Join(Sys, "/dev/char/"u8), id[1..]));
            case (byte)'n': return InterfacePlace(id[1..]);
            case (byte)'+': return SubsystemPlace(id[1..]);
            default: return default;
        }
    }

    private ByteText InterfacePlace(ReadOnlySpan<byte> index)
    {
        if (!Utf8Parser.TryParse(index, out int wanted, out _)) { return default; }
        ByteText net = Join(Sys, "/class/net/"u8);
        Result<DirectoryReader> opened = SysMaster.Linux.Sys.OpenDirectory(net);
        if (opened.Failed) { return default; }
        using DirectoryReader entries = opened.Value;
        while (entries.MoveNext())
        {
            ReadOnlySpan<byte> name = entries.Current.Name;
            if (name.IsEmpty || name[0] == (byte)'.') { continue; }
            ByteText link = Join(net, name);
            Result<byte[]> content = SysMaster.Linux.Sys.ReadFile(Join(link, "/ifindex"u8), 64);
            if (!content.Failed && Utf8Parser.TryParse(content.Value, out int found, out _) && found == wanted) { return Follow(link); }
        }
        return default;
    }

    private ByteText SubsystemPlace(ReadOnlySpan<byte> text)
    {
        int colon = text.IndexOf((byte)':');
        if (colon <= 0) { return default; }
        ReadOnlySpan<byte> subsystem = text[..colon], name = text[(colon + 1)..];
        if (subsystem.SequenceEqual("module"u8)) { return Existing(Join(Join(Sys, "/module/"u8), name)); }
        ByteText place = Follow(Join(Join(Join(Join(Sys, "/bus/"u8), subsystem), "/devices/"u8), name));
        return place.IsEmpty ? Follow(Join(Join(Join(Join(Sys, "/class/"u8), subsystem), "/"u8), name)) : place;
    }

    private static ByteText Existing(ByteText path) => SysMaster.Linux.Sys.Exists(path) ? path : default;

    /// <summary>The links of /sys all lead up to its root and down again: "../../devices/…".</summary>
    private ByteText Follow(ByteText link)
    {
        Result<ByteText> target = SysMaster.Linux.Sys.ReadLink(link);
        if (target.Failed) { return default; }
        ReadOnlySpan<byte> rest = target.Value.Span;
        while (rest.StartsWith("../"u8)) { rest = rest[3..]; }
        return Join(Join(Sys, "/"u8), rest);
    }

    private static ByteText Join(ByteText a, ReadOnlySpan<byte> b) => Join(a.Span, b);

    private static ByteText Join(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var text = new ByteBuilder(stackalloc byte[256]);
        text.Append(a);
        text.Append(b);
        ByteText joined = text.ToByteText();
        text.Dispose();
        return joined;
    }

    private static ReadOnlySpan<byte> TakeLine(scoped ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return line;
    }
}
