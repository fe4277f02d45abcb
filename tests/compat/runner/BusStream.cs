using System.Buffers.Binary;
using System.Text;
using SysMaster.DBus.Wire;

namespace SysMaster.Compat;

/// <summary>Reads the bytes that the recorder took from the manager's socket into what happened to each unit, in order.</summary>
public static class BusStream
{
    /// <summary>Properties whose every change belongs to the story; all others are seen by <c>show</c>.</summary>
    private static readonly HashSet<string> s_told = ["ActiveState", "SubState", "Result", "StatusText", "NRestarts"];

    /// <returns>In the order they came: unit and line, <c>active/running</c>, <c>job new</c>, <c>job done</c>, <c>Result=…</c>.</returns>
    public static List<(string Unit, string Line)> Read(byte[] bytes)
    {
        var told = new List<(string Unit, string Line)>();
        for (int at = 0; at + 16 <= bytes.Length;)
        {
            ReadOnlySpan<byte> rest = bytes.AsSpan(at);
            if (rest[0] != (byte)'l') { at++; continue; }   // what was half read when a manager ended
            uint body = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            uint fields = BinaryPrimitives.ReadUInt32LittleEndian(rest[12..]);
            long length = 16 + ((fields + 7L) & ~7L) + body;
            if (length > rest.Length) { break; }
            Message(rest[..(int)length], (int)body, told);
            at += (int)length;
        }
        return told;
    }

    private static void Message(ReadOnlySpan<byte> bytes, int bodyLength, List<(string Unit, string Line)> told)
    {
        var header = new MessageReader(bytes[..^bodyLength]);
        header.ReadUInt64();
        header.ReadUInt32();
        string path = "", member = "";
        ArrayToken fields = header.BeginArray(8);
        while (header.HasNext(fields))
        {
            header.BeginStruct();
            byte code = header.ReadByte();
            ReadOnlySpan<byte> type = header.BeginVariant();
            switch (code)
            {
                case 1: path = Encoding.UTF8.GetString(header.ReadObjectPath()); break;
                case 3: member = header.ReadText(); break;
                default: header.SkipValue(type); break;
            }
        }
        var reader = new MessageReader(bytes[^bodyLength..]);
        if (bytes[1] != 4) { return; }
        switch (member)
        {
            case "JobNew":
                reader.ReadUInt32();
                reader.ReadObjectPath();
                Tell(told, reader.ReadText(), "job new");
                break;
            case "JobRemoved":
                reader.ReadUInt32();
                reader.ReadObjectPath();
                string unit = reader.ReadText();
                Tell(told, unit, "job " + reader.ReadText());
                break;
            case "PropertiesChanged" when path.StartsWith("/org/freedesktop/systemd1/unit/", StringComparison.Ordinal):
                Changed(ref reader, Unescape(path["/org/freedesktop/systemd1/unit/".Length..]), told);
                break;
        }
    }

    private static void Changed(ref MessageReader reader, string unit, List<(string Unit, string Line)> told)
    {
        reader.ReadText();
        string? active = null, sub = null;
        var others = new List<string>();
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            string name = reader.ReadText();
            ReadOnlySpan<byte> type = reader.BeginVariant();
            if (!s_told.Contains(name)) { reader.SkipValue(type); continue; }
            string value = type[0] == (byte)'s' ? reader.ReadText() : reader.ReadUInt32().ToString();
            if (name == "ActiveState") { active = value; }
            else if (name == "SubState") { sub = value; }
            else { others.Add($"{name}={value}"); }
        }
        reader.EndArray(array);
        if (active is not null || sub is not null) { TellState(told, unit, $"{active}/{sub}"); }
        foreach (string other in others) { TellState(told, unit, other); }
    }

    /// <summary>A value is told when it differs from the last of its kind: a signal may repeat one.</summary>
    private static void TellState(List<(string Unit, string Line)> told, string unit, string line)
    {
        string kind = line.Contains('=') ? line[..line.IndexOf('=')] : "/";
        string? last = told.FindLast(t => t.Unit == unit
            && (kind == "/" ? t.Line.Contains('/') && !t.Line.Contains('=') : t.Line.StartsWith(kind + "=", StringComparison.Ordinal))).Line;
        if (last == line || (last is null && line is "Result=success" or "StatusText=" or "NRestarts=0")) { return; }
        told.Add((unit, line));
    }

    private static void Tell(List<(string Unit, string Line)> told, string unit, string line) => told.Add((unit, line));

    private static string Unescape(string label)
    {
        var text = new StringBuilder();
        for (int i = 0; i < label.Length; i++)
        {
            if (label[i] == '_' && i + 2 < label.Length) { text.Append((char)Convert.ToByte(label.Substring(i + 1, 2), 16)); i += 2; }
            else { text.Append(label[i]); }
        }
        return text.ToString();
    }
}
