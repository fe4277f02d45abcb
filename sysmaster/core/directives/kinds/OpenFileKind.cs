using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>OpenFile=: path[:name[:options]], one a line; options are words with commas between. systemd.service(5).</summary>
public sealed class OpenFileKind() : LineListKind<OpenFileSpec>("a(sst)")
{
    private const int MaxName = 255;

    private static readonly (string Word, ExecOpenOptions Option)[] s_options =
    [
        ("read-only", ExecOpenOptions.ReadOnly), ("append", ExecOpenOptions.Append), ("truncate", ExecOpenOptions.Truncate), ("graceful", ExecOpenOptions.Graceful),
    ];

    protected override bool TryItem(ReadOnlySpan<byte> value, ParseContext ctx, out OpenFileSpec item)
    {
        var text = new ByteBuilder(stackalloc byte[256]);
        bool ok = ctx.Expand(value, ref text);
        item = default;
        if (ok && !TryParse(text.ToByteText().ToString(), out item))
        {
            ctx.Warn("Failed to parse OpenFile= setting, ignoring: ", value);
            ok = false;
        }
        text.Dispose();
        return ok;
    }

    protected override void PrintItem(OpenFileSpec item, ref ByteBuilder to)
    {
        to.Append(item.Path.Span);
        to.Append((byte)':');
        to.Append(item.Name.Span);
        byte separator = (byte)':';
        foreach ((string word, ExecOpenOptions option) in s_options)
        {
            if ((item.Options & option) == 0) { continue; }
            to.Append(separator);
            to.AppendAscii(word);
            separator = (byte)',';
        }
    }

    protected override void WriteItem(OpenFileSpec item, MessageWriter to)
    {
        to.WriteString(item.Path);
        to.WriteString(item.Name);
        to.WriteUInt64((ulong)item.Options);
    }

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out OpenFileSpec item)
    {
        var path = new ByteText(from.ReadString());
        var name = new ByteText(from.ReadString());
        ulong options = from.ReadUInt64();
        item = new(path, name.IsEmpty ? NameOf(path.ToString()) : name, (ExecOpenOptions)options);
        return options <= 15 && IsValid(item);
    }

    private static bool TryParse(string text, out OpenFileSpec item)
    {
        string[] parts = text.Split(':');
        ExecOpenOptions options = ExecOpenOptions.None;
        item = default;
        if (parts.Length > 3) { return false; }
        foreach (string word in parts.Length < 3 ? [] : parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            int at = Array.FindIndex(s_options, row => row.Word == word);
            if (at < 0) { return false; }
            options |= s_options[at].Option;
        }
        ByteText name = parts.Length > 1 && parts[1].Length > 0 ? new ByteText(parts[1]) : NameOf(parts[0]);
        item = new(new ByteText(parts[0]), name, options);
        return IsValid(item);
    }

    private static ByteText NameOf(string path) => new(path[(path.LastIndexOf('/') + 1)..]);

    /// <summary>A name that LISTEN_FDNAMES= can carry; what is only read cannot be appended to or cut.</summary>
    private static bool IsValid(OpenFileSpec item)
    {
        bool reads = (item.Options & ExecOpenOptions.ReadOnly) != 0, both = (item.Options & (ExecOpenOptions.Append | ExecOpenOptions.Truncate)) == (ExecOpenOptions.Append | ExecOpenOptions.Truncate);
        if (both || (reads && (item.Options & (ExecOpenOptions.Append | ExecOpenOptions.Truncate)) != 0)) { return false; }
        ReadOnlySpan<byte> name = item.Name.Span;
        return PathText.IsAbsolute(item.Path.Span) && PathText.IsNormalizable(item.Path.Span)
            && name.Length is > 0 and <= MaxName && !name.ContainsAnyExceptInRange((byte)' ', (byte)'~') && !name.Contains((byte)':');
    }
}
