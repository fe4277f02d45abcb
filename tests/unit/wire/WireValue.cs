using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SysMaster.Linux;

namespace SysMaster.DBus.Wire.Tests;

/// <summary>A D-Bus value of any type for tests: writes itself with our writer, or big-endian with nothing of ours, and prints itself.</summary>
public sealed record WireValue(string Type, object Value)
{
    private static readonly string[] RandomText = ["a", "Z", " ", "ä", "€", "𝄞", "'", "\\", "\n", "\u0001"];

    public static string Print(IEnumerable<WireValue> values) => string.Join(' ', values.Select(v => v.ToString()));

    public override string ToString() => Type[0] switch
    {
        'a' => "[" + string.Join(' ', ((WireValue[])Value).Select(v => v.ToString())) + "]",
        '(' or '{' => "(" + string.Join(' ', ((WireValue[])Value).Select(v => v.ToString())) + ")",
        'v' => $"<{((WireValue)Value).Type} {Value}>",
        's' or 'o' or 'g' => "'" + Value + "'",
        'd' => BitConverter.DoubleToInt64Bits((double)Value).ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(Value, CultureInfo.InvariantCulture)!,
    };

    public void Write(MessageWriter w)
    {
        switch (Type[0])
        {
            case 'y': w.WriteByte((byte)Value); break;
            case 'b': w.WriteBoolean((bool)Value); break;
            case 'n': w.WriteInt16((short)Value); break;
            case 'q': w.WriteUInt16((ushort)Value); break;
            case 'i': w.WriteInt32((int)Value); break;
            case 'u': w.WriteUInt32((uint)Value); break;
            case 'x': w.WriteInt64((long)Value); break;
            case 't': w.WriteUInt64((ulong)Value); break;
            case 'd': w.WriteDouble((double)Value); break;
            case 's': w.WriteString((string)Value); break;
            case 'o': w.WriteObjectPath((string)Value); break;
            case 'g': w.WriteSignature((string)Value); break;
            case 'v':
                w.BeginVariant(Encoding.ASCII.GetBytes(((WireValue)Value).Type));
                ((WireValue)Value).Write(w);
                break;
            case 'a':
                ArrayMark mark = w.BeginArray(Signature.AlignmentOf((byte)Type[1]));
                foreach (WireValue item in (WireValue[])Value) { item.Write(w); }
                w.EndArray(mark);
                break;
            default:
                w.BeginStruct();
                foreach (WireValue item in (WireValue[])Value) { item.Write(w); }
                break;
        }
    }

    /// <summary>The specification once more, written the slow way, most significant byte first.</summary>
    public void WriteBigEndian(List<byte> to)
    {
        void Pad(int n) { while (to.Count % n != 0) { to.Add(0); } }
        void Number(ulong value, int size) { Pad(size); for (int i = size - 1; i >= 0; i--) { to.Add((byte)(value >> (8 * i))); } }
        switch (Type[0])
        {
            case 'y': to.Add((byte)Value); break;
            case 'b': Number((bool)Value ? 1ul : 0, 4); break;
            case 'n': Number((ushort)(short)Value, 2); break;
            case 'q': Number((ushort)Value, 2); break;
            case 'i': Number((uint)(int)Value, 4); break;
            case 'u': Number((uint)Value, 4); break;
            case 'x': Number((ulong)(long)Value, 8); break;
            case 't': Number((ulong)Value, 8); break;
            case 'd': Number(BitConverter.DoubleToUInt64Bits((double)Value), 8); break;
            case 's' or 'o':
                byte[] text = Encoding.UTF8.GetBytes((string)Value);
                Number((ulong)text.Length, 4);
                to.AddRange(text);
                to.Add(0);
                break;
            case 'g': SignatureTo(to, (string)Value); break;
            case 'v':
                SignatureTo(to, ((WireValue)Value).Type);
                ((WireValue)Value).WriteBigEndian(to);
                break;
            case 'a':
                Number(0, 4);
                int at = to.Count - 4;
                Pad(Signature.AlignmentOf((byte)Type[1]));
                int start = to.Count;
                foreach (WireValue item in (WireValue[])Value) { item.WriteBigEndian(to); }
                byte[] length = new byte[4];
                BinaryPrimitives.WriteInt32BigEndian(length, to.Count - start);
                for (int i = 0; i < 4; i++) { to[at + i] = length[i]; }
                break;
            default:
                Pad(8);
                foreach (WireValue item in (WireValue[])Value) { item.WriteBigEndian(to); }
                break;
        }
    }

    public static WireValue Read(ref MessageReader r, string type)
    {
        switch (type[0])
        {
            case 'y': return new(type, r.ReadByte());
            case 'b': return new(type, r.ReadBoolean());
            case 'n': return new(type, r.ReadInt16());
            case 'q': return new(type, r.ReadUInt16());
            case 'i': return new(type, r.ReadInt32());
            case 'u': return new(type, r.ReadUInt32());
            case 'x': return new(type, r.ReadInt64());
            case 't': return new(type, r.ReadUInt64());
            case 'd': return new(type, r.ReadDouble());
            case 's': return new(type, r.ReadText());
            case 'o': return new(type, Encoding.UTF8.GetString(r.ReadObjectPath()));
            case 'g': return new(type, Encoding.UTF8.GetString(r.ReadSignature()));
            case 'v': return new(type, Read(ref r, Encoding.ASCII.GetString(r.BeginVariant())));
            case 'a':
                var items = new List<WireValue>();
                ArrayToken array = r.BeginArray(Signature.AlignmentOf((byte)type[1]));
                while (r.HasNext(array)) { items.Add(Read(ref r, type[1..])); }
                r.EndArray(array);
                return new(type, items.ToArray());
            default:
                r.BeginStruct();
                return new(type, ReadAll(ref r, type[1..^1]));
        }
    }

    public static WireValue[] ReadAll(ref MessageReader r, string signature)
    {
        var values = new List<WireValue>();
        while (signature.Length > 0)
        {
            int n = Signature.FirstLength(Encoding.ASCII.GetBytes(signature));
            values.Add(Read(ref r, signature[..n]));
            signature = signature[n..];
        }
        return [.. values];
    }

    /// <summary>A value made of a seed: the same one for the same seed.</summary>
    public static WireValue Random(Random random, int depth)
    {
        const string Basic = "ybnqiuxtdsog";
        int kind = random.Next(depth > 0 ? 16 : 12);
        if (kind < 12) { return RandomOf(random, Basic[kind].ToString(), depth); }
        return RandomOf(random, kind switch { 12 => "v", 13 => "a" + RandomType(random, depth - 1), 14 => "(" + RandomType(random, depth - 1) + RandomType(random, depth - 1) + ")", _ => "a{s" + RandomType(random, depth - 1) + "}" }, depth);
    }

    private static string RandomType(Random random, int depth) => Random(random, depth).Type;

    private static WireValue RandomOf(Random random, string type, int depth) => type[0] switch
    {
        'y' => new(type, (byte)random.Next(256)),
        'b' => new(type, random.Next(2) == 1),
        'n' => new(type, (short)random.Next(65536)),
        'q' => new(type, (ushort)random.Next(65536)),
        'i' => new(type, (int)random.NextInt64()),
        'u' => new(type, (uint)random.NextInt64()),
        'x' => new(type, random.NextInt64() - random.NextInt64()),
        't' => new(type, (ulong)random.NextInt64() * 2),
        'd' => new(type, random.NextDouble() * random.Next()),
        's' => new(type, string.Concat(Enumerable.Range(0, random.Next(9)).Select(_ => RandomText[random.Next(RandomText.Length)]))),
        'o' => new(type, random.Next(3) == 0 ? "/" : "/a" + random.Next(100) + "/_b"),
        'g' => new(type, random.Next(2) == 0 ? "" : "a{sv}u"),
        'v' => new(type, Random(random, Math.Max(0, depth - 1))),
        'a' => new(type, Enumerable.Range(0, random.Next(4)).Select(_ => RandomOf(random, type[1..], depth - 1)).ToArray()),
        _ => new(type, Members(type[1..^1]).Select(m => RandomOf(random, m, depth - 1)).ToArray()),
    };

    private static void SignatureTo(List<byte> to, string signature)
    {
        to.Add((byte)signature.Length);
        to.AddRange(Encoding.ASCII.GetBytes(signature));
        to.Add(0);
    }

    private static List<string> Members(string signature)
    {
        var members = new List<string>();
        while (signature.Length > 0)
        {
            int n = Signature.FirstLength(Encoding.ASCII.GetBytes(signature));
            members.Add(signature[..n]);
            signature = signature[n..];
        }
        return members;
    }
}
