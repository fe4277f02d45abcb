using System.Text;
using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Client;

/// <summary>A value with its type: numbers and texts as themselves, structs and arrays as object arrays, dictionary entries as pairs in one,
/// variants as values.</summary>
public readonly record struct BusValue(string Signature, object Content)
{
    /// <summary>Reads a variant.</summary>
    public static BusValue Read(ref MessageReader reader)
    {
        string signature = Encoding.ASCII.GetString(reader.BeginVariant());
        int at = 0;
        return new BusValue(signature, ReadOne(ref reader, signature, ref at));
    }

    /// <summary>A whole a{sv}, in the order of the sender.</summary>
    public static List<(string Name, BusValue Value)> ReadProperties(ref MessageReader reader)
    {
        var list = new List<(string, BusValue)>();
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            string name = reader.ReadText();
            list.Add((name, Read(ref reader)));
        }
        reader.EndArray(array);
        return list;
    }

    // The connection has walked the message by its signature: depth is bounded.
    private static object ReadOne(ref MessageReader reader, string signature, ref int at)
    {
        switch (signature[at++])
        {
            case 'y': return reader.ReadByte();
            case 'b': return reader.ReadBoolean();
            case 'n': return reader.ReadInt16();
            case 'q': return reader.ReadUInt16();
            case 'i': return reader.ReadInt32();
            case 'u': return reader.ReadUInt32();
            case 'x': return reader.ReadInt64();
            case 't': return reader.ReadUInt64();
            case 'd': return reader.ReadDouble();
            case 's': return reader.ReadText();
            case 'o': return Encoding.UTF8.GetString(reader.ReadObjectPath());
            case 'g': return Encoding.ASCII.GetString(reader.ReadSignature());
            case 'h': return (long)reader.ReadUnixFd().Value;
            case 'v': return Read(ref reader);
            case 'a': return ReadArray(ref reader, signature, ref at);
            default:
                reader.BeginStruct();
                var fields = new List<object>();
                while (signature[at] is not (')' or '}')) { fields.Add(ReadOne(ref reader, signature, ref at)); }
                at++;
                return fields.ToArray();
        }
    }

    private static object ReadArray(ref MessageReader reader, string signature, ref int at)
    {
        if (signature[at] == 'y') { at++; return reader.ReadBytes().ToArray(); }
        int element = at;
        ArrayToken array = reader.BeginArray(DBus.Wire.Signature.AlignmentOf((byte)signature[at]));
        var items = new List<object>();
        while (reader.HasNext(array))
        {
            at = element;
            items.Add(ReadOne(ref reader, signature, ref at));
        }
        reader.EndArray(array);
        at = EndOfType(signature, element);
        return items.ToArray();
    }

    private static int EndOfType(string signature, int at)
    {
        while (signature[at] == 'a') { at++; }
        int depth = 0;
        do
        {
            depth += signature[at] switch { '{' or '(' => 1, '}' or ')' => -1, _ => 0 };
            at++;
        }
        while (depth > 0);
        return at;
    }
}
