using System.Text;

namespace SysMaster.Savepoint.Tests;

/// <summary>Replays into a dictionary: "kind:key" to the raw fields' tags and values as text.</summary>
internal sealed class Collected : IRecordObserver
{
    public List<string> Order { get; } = [];

    public Dictionary<string, string> Records { get; } = [];

    /// <summary>Those that may be old.</summary>
    public HashSet<string> Doubted { get; } = [];

    private SavepointLog? _log;

    public static Collected Of(SavepointLog log)
    {
        var collected = new Collected { _log = log };
        log.Replay(collected).Failed.Should().BeFalse();
        return collected;
    }

    public void OnRecord(ushort kind, ReadOnlySpan<byte> key, RecordReader fields)
    {
        string name = $"{kind}:{Encoding.UTF8.GetString(key)}";
        Order.Add(name);
        Records.Add(name, Text(fields));
        if (_log?.IsInDoubt == true) { Doubted.Add(name); }
    }

    public static string Text(RecordReader fields)
    {
        var text = new StringBuilder();
        while (fields.Next(out SavedField f))
        {
            string value = f.Type == WireType.Number ? $"{f.Number}" : Convert.ToHexString(f.Bytes);
            text.Append($"{f.Tag}={value};");
        }
        if (fields.Failed) { text.Append("FAILED"); }
        return text.ToString();
    }
}
