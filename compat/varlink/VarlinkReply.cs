using System.Buffers;
using System.Text.Json;

namespace SysMaster.Varlink;

/// <summary>
/// What is answered to one call: replies as the protocol has them, each closed by a NUL. Members stand in the order in which systemd writes
/// them. https://varlink.org/Method-Call
/// </summary>
public sealed class VarlinkReply
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Nothing yet, or nothing at all for a call with oneway.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>One reply; of several, all but the last continue.</summary>
    /// <param name="parameters">Writes the members of the parameters' object.</param>
    /// <param name="continues">More follow.</param>
    public void Result(Action<Utf8JsonWriter> parameters, bool continues = false)
    {
        using (var json = new Utf8JsonWriter(_bytes))
        {
            json.WriteStartObject();
            Parameters(json, parameters);
            if (continues) { json.WriteBoolean("continues"u8, true); }
            json.WriteEndObject();
        }
        Close();
    }

    /// <param name="name">With its interface: "io.systemd.UserDatabase.NoRecordFound".</param>
    /// <param name="parameters">Writes the members of the parameters' object; null: it has none.</param>
    public void Error(string name, Action<Utf8JsonWriter>? parameters = null)
    {
        using (var json = new Utf8JsonWriter(_bytes))
        {
            json.WriteStartObject();
            json.WriteString("error"u8, name);
            Parameters(json, parameters);
            json.WriteEndObject();
        }
        Close();
    }

    /// <summary>An error that has no name but a number, as systemd's services answer it.</summary>
    public void Errno(int errno) => Error("io.systemd.System", json => json.WriteNumber("errno"u8, errno));

    private static void Parameters(Utf8JsonWriter json, Action<Utf8JsonWriter>? write)
    {
        json.WriteStartObject("parameters"u8);
        write?.Invoke(json);
        json.WriteEndObject();
    }

    private void Close()
    {
        _bytes.GetSpan(1)[0] = 0;
        _bytes.Advance(1);
    }
}
