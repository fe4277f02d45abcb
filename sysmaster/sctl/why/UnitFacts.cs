using System.Text;
using SysMaster.DBus.Wire;

namespace SysMaster.Sctl.Why;

/// <summary>What the manager says of a unit or a job: the properties of simple types.</summary>
internal sealed class UnitFacts
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    /// <param name="failure">What went wrong, for people.</param>
    public static UnitFacts? Of(string path, out string? failure)
    {
        var facts = new UnitFacts();
        var call = new MessageWriter();
        call.BeginCall(null, path, "org.freedesktop.DBus.Properties", "GetAll", "s");
        call.WriteString("");
        failure = ManagerBus.Call(call, "a{sv}", facts.Read);
        return failure is null ? facts : null;
    }

    /// <returns>The object path of a unit, loaded if there is anything to load; null with a reason.</returns>
    public static string? PathOf(string unit, out string? failure)
    {
        string path = "";
        var call = new MessageWriter();
        call.BeginCall(null, "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", "LoadUnit", "s");
        call.WriteString(unit);
        failure = ManagerBus.Call(call, "o", reader => path = Encoding.UTF8.GetString(reader.ReadObjectPath()));
        return failure is null ? path : null;
    }

    public string Text(string name) => _values.GetValueOrDefault(name) as string ?? "";

    public bool Is(string name) => _values.GetValueOrDefault(name) is true;

    public ulong Number(string name) => _values.GetValueOrDefault(name) is ulong number ? number : 0;

    public string[] Texts(string name) => _values.GetValueOrDefault(name) as string[] ?? [];

    /// <summary>Of (uo) and (ss): the job, the load error.</summary>
    public (string First, string Second) Pair(string name) => _values.GetValueOrDefault(name) is (string first, string second) ? (first, second) : ("", "");

    /// <summary>Of Conditions and Asserts: what was not so.</summary>
    public IReadOnlyList<string> Untrue(string name) => _values.GetValueOrDefault(name) as List<string> ?? [];

    private void Read(MessageReader reader)
    {
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            string name = reader.ReadText();
            ReadOnlySpan<byte> type = reader.BeginVariant();
            if (type.SequenceEqual("s"u8)) { _values[name] = reader.ReadText(); }
            else if (type.SequenceEqual("b"u8)) { _values[name] = reader.ReadBoolean(); }
            else if (type.SequenceEqual("u"u8)) { _values[name] = (ulong)reader.ReadUInt32(); }
            else if (type.SequenceEqual("i"u8)) { _values[name] = (ulong)(uint)reader.ReadInt32(); }
            else if (type.SequenceEqual("t"u8)) { _values[name] = reader.ReadUInt64(); }
            else if (type.SequenceEqual("as"u8)) { _values[name] = reader.ReadTexts(); }
            else if (type.SequenceEqual("(ss)"u8))
            {
                reader.BeginStruct();
                _values[name] = (reader.ReadText(), reader.ReadText());
            }
            else if (type.SequenceEqual("(uo)"u8))
            {
                reader.BeginStruct();
                string id = reader.ReadUInt32().ToString(System.Globalization.CultureInfo.InvariantCulture);
                _values[name] = (id, Encoding.UTF8.GetString(reader.ReadObjectPath()));
            }
            else if (type.SequenceEqual("a(sbbsi)"u8)) { _values[name] = ReadConditions(ref reader); }
            else { reader.SkipValue(type); }
        }
    }

    private static List<string> ReadConditions(ref MessageReader reader)
    {
        var untrue = new List<string>();
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            string kind = reader.ReadText();
            bool trigger = reader.ReadBoolean(), negate = reader.ReadBoolean();
            string parameter = reader.ReadText();
            if (reader.ReadInt32() < 0) { untrue.Add($"{kind}={(trigger ? "|" : "")}{(negate ? "!" : "")}{parameter}"); }
        }

        reader.EndArray(array);
        return untrue;
    }
}
