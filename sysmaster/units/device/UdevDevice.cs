using System.Buffers.Text;
using SysMaster.Linux;

namespace SysMaster.Units.Device;

/// <summary>One device as udev describes it: from its database or from a message of its.</summary>
public sealed class UdevDevice(ByteText sysPath)
{
    private readonly Dictionary<string, ByteText> _properties = new(StringComparer.Ordinal);

    /// <summary>"/sys/devices/…".</summary>
    public ByteText SysPath { get; } = sysPath;

    /// <summary>"add", "change", "remove", "move", "bind", "unbind"; empty when it was read from the database.</summary>
    public ByteText Action => Get("ACTION");

    /// <summary>Of the node, (major &lt;&lt; 32) | minor; zero for devices without.</summary>
    public ulong Number { get; private set; }

    /// <summary>"/dev/vda"; empty for devices without.</summary>
    public ByteText Node => Get("DEVNAME");

    public List<ByteText> Links { get; } = [];

    /// <summary>It bears the tag "systemd" right now.</summary>
    public bool IsTagged { get; internal set; }

    public bool IsRemoval => Action.Span.SequenceEqual("remove"u8);

    /// <summary>Tagged, not being renamed, and SYSTEMD_READY= does not say no.</summary>
    public bool IsReady => IsTagged && !IsOn(Get("ID_RENAMING")) && (Get("SYSTEMD_READY").IsEmpty || IsOn(Get("SYSTEMD_READY")));

    public bool BindsMounts => IsOn(Get("SYSTEMD_MOUNT_DEVICE_BOUND"));

    public ByteText Get(string name) => _properties.GetValueOrDefault(name);

    /// <summary>ID_MODEL… and the label, for people; null if there is nothing better than the path.</summary>
    public string? Model
    {
        get
        {
            ByteText model = Get("ID_MODEL_FROM_DATABASE");
            if (model.IsEmpty) { model = Get("ID_MODEL"); }
            if (model.IsEmpty) { return null; }
            ByteText label = Get("ID_FS_LABEL");
            if (label.IsEmpty) { label = Get("ID_PART_ENTRY_NAME"); }
            if (label.IsEmpty) { label = Get("ID_PART_ENTRY_NUMBER"); }
            return label.IsEmpty ? model.ToString() : $"{model.ToString()} {label.ToString()}";
        }
    }

    internal void Set(ReadOnlySpan<byte> assignment)
    {
        int equals = assignment.IndexOf((byte)'=');
        if (equals > 0) { Set(System.Text.Encoding.ASCII.GetString(assignment[..equals]), assignment[(equals + 1)..]); }
    }

    internal void Set(string name, ReadOnlySpan<byte> value)
    {
        _properties[name] = value;
        if (name is "MAJOR" or "MINOR") { ReadNumber(); }
    }

    private void ReadNumber()
    {
        if (Utf8Parser.TryParse(Get("MAJOR").Span, out uint major, out _) && Utf8Parser.TryParse(Get("MINOR").Span, out uint minor, out _))
        {
            Number = ((ulong)major << 32) | minor;
        }
    }

    private static bool IsOn(ByteText value) =>
        value.Span.SequenceEqual("1"u8) || value.Span.SequenceEqual("yes"u8) || value.Span.SequenceEqual("true"u8) || value.Span.SequenceEqual("on"u8)
        || value.Span.SequenceEqual("y"u8) || value.Span.SequenceEqual("t"u8);
}
