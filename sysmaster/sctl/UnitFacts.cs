using System.Text;
using SysMaster.DBus.Client;
using SysMaster.DBus.Wire;

namespace SysMaster.Sctl;

/// <summary>What the manager says of a unit or a job: its properties by name.</summary>
internal sealed class UnitFacts
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    /// <param name="failure">What went wrong, for people.</param>
    public static UnitFacts? Of(ManagerBus bus, string path, out string? failure)
    {
        BusReply reply = bus.Caller.GetAll(path);
        failure = reply.Error?.ToString();
        if (reply.Failed) { return null; }
        var facts = new UnitFacts();
        MessageReader reader = reply.Reader;
        foreach ((string name, BusValue value) in BusValue.ReadProperties(ref reader)) { facts._values[name] = value.Content; }
        return facts;
    }

    /// <returns>The object path of a unit, loaded if there is anything to load; null with a reason.</returns>
    public static string? PathOf(ManagerBus bus, string unit, out string? failure)
    {
        string? path = null;
        failure = bus.Call(Caller.ManagerPath, Caller.ManagerInterface, "LoadUnit", "s", w => w.WriteString(unit), "o", reader => path = Encoding.UTF8.GetString(reader.ReadObjectPath()));
        return path;
    }

    public string Text(string name) => _values.GetValueOrDefault(name) as string ?? "";

    public bool Is(string name) => _values.GetValueOrDefault(name) is true;

    /// <summary>0 where there is none; a negative one as the unsigned of its bits.</summary>
    public ulong Number(string name) => _values.GetValueOrDefault(name) switch
    {
        ulong number => number,
        uint number => number,
        int number => (uint)number,
        _ => 0,
    };

    public string[] Texts(string name) => _values.GetValueOrDefault(name) is object[] items ? [.. items.OfType<string>()] : [];

    /// <summary>Of (uo) and (ss): the job, the load error.</summary>
    public (string First, string Second) Pair(string name) => _values.GetValueOrDefault(name) is object[] and [var first, string second] ? ($"{first}", second) : ("", "");

    /// <summary>Of Conditions and Asserts, a(sbbsi): what was not so.</summary>
    public IReadOnlyList<string> Untrue(string name) => _values.GetValueOrDefault(name) is not object[] tests ? [] :
    [
        .. tests.OfType<object[]>().Where(static test => test is [_, _, _, _, < 0])
            .Select(static test => $"{test[0]}={(test[1] is true ? "|" : "")}{(test[2] is true ? "!" : "")}{test[3]}"),
    ];
}
