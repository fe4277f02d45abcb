namespace SysMaster.Systemctl;

/// <summary>All properties of one unit by name; what it has not reads as its type's nothing.</summary>
internal sealed class UnitFacts(List<(string Name, BusValue Value)> properties)
{
    private readonly Dictionary<string, BusValue> _values = properties.GroupBy(p => p.Name).ToDictionary(g => g.Key, g => g.First().Value);

    public string Id => Text("Id");

    public string Active => Text("ActiveState");

    public object? Get(string name) => _values.TryGetValue(name, out BusValue value) ? value.Content : null;

    public string Text(string name) => Get(name) as string ?? "";

    public bool Flag(string name) => Get(name) is true;

    /// <param name="otherwise">Where the unit has no such property.</param>
    public ulong Number(string name, ulong otherwise = 0) => Get(name) switch
    {
        ulong t => t,
        uint u => u,
        int i => (ulong)i,
        _ => otherwise,
    };

    public int Signed(string name) => Get(name) switch { int i => i, uint u => (int)u, _ => 0 };

    public string[] Texts(string name) => Get(name) is object[] items ? [.. items.OfType<string>()] : [];

    /// <summary>Items of an array of structs.</summary>
    public IEnumerable<object[]> Structs(string name) => Get(name) is object[] items ? items.OfType<object[]>() : [];
}
