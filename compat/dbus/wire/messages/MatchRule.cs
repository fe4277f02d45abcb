using System.Text;
using SysMaster.Linux;

namespace SysMaster.DBus.Wire;

/// <summary>
/// A match rule, D-Bus specification "Match Rules": parsed with its quoting, evaluated against a message. Refused: more than
/// 1,024 bytes, a key twice, a key that does not exist, a value that its key cannot have.
/// </summary>
public sealed class MatchRule
{
    private const int ArgumentsMax = 64;
    private readonly Dictionary<string, byte[]> _keys = [];
    private readonly List<(int Index, ArgumentMatch Kind, byte[] Value)> _arguments = [];

    private MatchRule()
    {
    }

    private enum ArgumentMatch
    {
        Equal,
        Path,
        Namespace,
    }

    /// <summary>Message type, or <see cref="MessageType.Invalid"/> for any.</summary>
    public MessageType Type { get; private set; }

    public ReadOnlySpan<byte> Sender => Value("sender");

    public ReadOnlySpan<byte> Interface => Value("interface");

    public ReadOnlySpan<byte> Member => Value("member");

    public ReadOnlySpan<byte> Path => Value("path");

    /// <returns>EINVAL for what does not parse, E2BIG over the bound.</returns>
    public static Result<MatchRule> Parse(ReadOnlySpan<byte> text)
    {
        if (text.Length > Limits.MatchRuleMax) { return Errno.E2BIG; }
        var rule = new MatchRule();
        Span<byte> value = stackalloc byte[Limits.MatchRuleMax];
        while (true)
        {
            text = text.TrimStart(" \t\r\n"u8);
            if (text.IsEmpty) { return rule; }
            int equals = text.IndexOf((byte)'=');
            if (equals <= 0) { return Errno.EINVAL; }
            ReadOnlySpan<byte> key = text[..equals].TrimEnd(" \t\r\n"u8);
            int used = Unquote(text[(equals + 1)..], value, out int length);
            if (used < 0 || !rule.Set(Encoding.ASCII.GetString(key), value[..length].ToArray())) { return Errno.EINVAL; }
            text = text[(equals + 1 + used)..];
        }
    }

    /// <summary>Whether the message is one of those asked for. A sender is compared as it stands in the message: a unique name.</summary>
    public bool Matches(Message message)
    {
        if (Type != MessageType.Invalid && Type != message.Type) { return false; }
        foreach ((string key, byte[] value) in _keys)
        {
            bool good = key switch
            {
                "sender" => message.Sender.SequenceEqual(value),
                "interface" => message.Interface.SequenceEqual(value),
                "member" => message.Member.SequenceEqual(value),
                "path" => message.Path.SequenceEqual(value),
                "path_namespace" => IsWithin(message.Path, value, (byte)'/') || value.AsSpan().SequenceEqual("/"u8),
                "destination" => message.Destination.SequenceEqual(value),
                _ => true,   // type is above, eavesdrop selects nothing
            };
            if (!good) { return false; }
        }
        return _arguments.Count == 0 || MatchesArguments(message);
    }

    private ReadOnlySpan<byte> Value(string key) => _keys.TryGetValue(key, out byte[]? value) ? value : default;

    // Within quotes nothing is special; outside them \' is an apostrophe, and a comma ends the value.
    private static int Unquote(ReadOnlySpan<byte> text, Span<byte> value, out int length)
    {
        length = 0;
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            if (c == (byte)'\'') { quoted = !quoted; continue; }
            if (!quoted && c == (byte)',') { return i + 1; }
            if (!quoted && c == (byte)'\\' && i + 1 < text.Length && text[i + 1] == (byte)'\'') { c = text[++i]; }
            value[length++] = c;
        }
        return quoted ? -1 : text.Length;
    }

    private bool Set(string key, byte[] value)
    {
        if (!_keys.TryAdd(key, value)) { return false; }
        switch (key)
        {
            case "type":
                Type = Encoding.UTF8.GetString(value) switch
                {
                    "method_call" => MessageType.MethodCall,
                    "method_return" => MessageType.MethodReturn,
                    "error" => MessageType.Error,
                    "signal" => MessageType.Signal,
                    _ => MessageType.Invalid,
                };
                return Type != MessageType.Invalid;
            case "sender" or "destination": return NameGrammar.IsBusName(value);
            case "interface": return NameGrammar.IsInterface(value);
            case "member": return NameGrammar.IsMember(value);
            case "path": return NameGrammar.IsObjectPath(value) && !_keys.ContainsKey("path_namespace");
            case "path_namespace": return NameGrammar.IsObjectPath(value) && !_keys.ContainsKey("path");
            case "eavesdrop": return value.AsSpan().SequenceEqual("true"u8) || value.AsSpan().SequenceEqual("false"u8);
            default: return SetArgument(key, value);
        }
    }

    private bool SetArgument(string key, byte[] value)
    {
        if (!key.StartsWith("arg", StringComparison.Ordinal)) { return false; }
        int digits = 3;
        while (digits < key.Length && char.IsAsciiDigit(key[digits])) { digits++; }
        if (digits is 3 or > 5 || (digits == 5 && key[3] == '0')) { return false; }
        int index = int.Parse(key.AsSpan(3, digits - 3), System.Globalization.CultureInfo.InvariantCulture);
        ArgumentMatch? kind = key.AsSpan(digits) switch
        {
            "" => ArgumentMatch.Equal,
            "path" => ArgumentMatch.Path,
            "namespace" => index == 0 && (NameGrammar.IsBusName(value) || NameGrammar.IsMember(value)) ? ArgumentMatch.Namespace : null,
            _ => null,
        };
        if (kind is null || index >= ArgumentsMax) { return false; }
        _arguments.Add((index, kind.Value, value));
        return true;
    }

    private bool MatchesArguments(Message message)
    {
        int matched = 0;
        MessageReader reader = message.Reader;
        ReadOnlySpan<byte> signature = message.BodySignature;
        for (int index = 0; !signature.IsEmpty && index < ArgumentsMax; index++)
        {
            int n = Signature.FirstLength(signature);
            byte type = signature[0];
            if (type is (byte)'s' or (byte)'o')
            {
                ReadOnlySpan<byte> argument = type == (byte)'s' ? reader.ReadString() : reader.ReadObjectPath();
                foreach ((int wanted, ArgumentMatch kind, byte[] value) in _arguments)
                {
                    if (wanted != index) { continue; }
                    if (!MatchesArgument(argument, type == (byte)'s', kind, value)) { return false; }
                    matched++;
                }
            }
            else { reader.SkipValue(signature[..n]); }
            signature = signature[n..];
        }
        return matched == _arguments.Count;   // an argument that is not there, or no text, matches nothing
    }

    private static bool MatchesArgument(ReadOnlySpan<byte> argument, bool isString, ArgumentMatch kind, byte[] value) => kind switch
    {
        ArgumentMatch.Equal => isString && argument.SequenceEqual(value),
        ArgumentMatch.Namespace => isString && IsWithin(argument, value, (byte)'.'),
        _ => argument.SequenceEqual(value)
             || (argument.EndsWith("/"u8) && value.AsSpan().StartsWith(argument))
             || (value.AsSpan().EndsWith("/"u8) && argument.StartsWith(value)),
    };

    private static bool IsWithin(ReadOnlySpan<byte> name, ReadOnlySpan<byte> space, byte separator)
        => name.StartsWith(space) && (name.Length == space.Length || name[space.Length] == separator);
}
