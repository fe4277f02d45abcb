using System.Text.Json;

namespace SysMaster.Varlink;

/// <summary>One call as a client sent it. What systemd hangs up on is refused here, so that the server hangs up too.</summary>
public readonly ref struct VarlinkCall
{
    private VarlinkCall(string method, ReadOnlySpan<byte> parameters, bool more, bool oneway)
    {
        Method = method;
        Parameters = parameters;
        More = more;
        Oneway = oneway;
    }

    /// <summary>Interface and method as they were sent: it need not be a well-formed name, and is then simply not found.</summary>
    public string Method { get; }

    /// <summary>The JSON object of the arguments; empty when the client sent none.</summary>
    public ReadOnlySpan<byte> Parameters { get; }

    /// <summary>The client takes several replies.</summary>
    public bool More { get; }

    /// <summary>The client takes no reply, not even an error.</summary>
    public bool Oneway { get; }

    /// <summary>Reads one message, without its NUL.</summary>
    /// <returns>False for what is no call: not an object, an unknown or repeated field, a field of another type, no method, or both
    /// more and oneway. Whoever sends that is cut off.</returns>
    public static bool TryParse(ReadOnlySpan<byte> message, out VarlinkCall call)
    {
        call = default;
        try { return TryRead(message, ref call); }
        catch (JsonException) { return false; }
        catch (InvalidOperationException) { return false; }   // a string that is not UTF-8
    }

    private static bool TryRead(ReadOnlySpan<byte> message, ref VarlinkCall call)
    {
        var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = 32 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) { return false; }
        string? method = null;
        ReadOnlySpan<byte> parameters = default;
        bool? more = null, oneway = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("method"u8))
            {
                if (method is not null || !reader.Read() || reader.TokenType != JsonTokenType.String) { return false; }
                method = reader.GetString();
            }
            else if (reader.ValueTextEquals("parameters"u8))
            {
                if (!parameters.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject) { return false; }
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                parameters = message[start..(int)reader.BytesConsumed];
            }
            else if (reader.ValueTextEquals("more"u8))
            {
                if (!TryReadFlag(ref reader, ref more)) { return false; }
            }
            else if (!reader.ValueTextEquals("oneway"u8) || !TryReadFlag(ref reader, ref oneway)) { return false; }
        }
        // One more Read refuses what follows the object.
        if (reader.TokenType != JsonTokenType.EndObject || reader.Read() || method is null || (more == true && oneway == true)) { return false; }
        call = new VarlinkCall(method, parameters, more == true, oneway == true);
        return true;
    }

    private static bool TryReadFlag(ref Utf8JsonReader reader, ref bool? flag)
    {
        if (flag is not null || !reader.Read() || reader.TokenType is not (JsonTokenType.True or JsonTokenType.False)) { return false; }
        flag = reader.TokenType == JsonTokenType.True;
        return true;
    }
}
