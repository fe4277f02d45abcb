using SysMaster.UnitConverter.Text;

namespace SysMaster.UnitConverter;

/// <summary>A unit file in the making: assignments in order, each with the source line it comes from.</summary>
/// <param name="name">A unit name, or a drop-in: "x.service.d/y.conf".</param>
internal sealed class ConvertedUnit(string name)
{
    private readonly List<Assignment> _assignments = [];

    public string Name { get; } = name;

    public IReadOnlyList<Assignment> Assignments => _assignments;

    public void Add(string section, string key, string value, int line = 0) => _assignments.Add(new Assignment(section, key, Quote.OneLine(value), line));

    /// <summary>For what may be said once: the last one counts, as in the source.</summary>
    public void Set(string section, string key, string value, int line = 0)
    {
        _assignments.RemoveAll(a => a.Section == section && a.Key == key);
        Add(section, key, value, line);
    }

    /// <summary>Once: a list that names the same twice says nothing more.</summary>
    public void AddOnce(string section, string key, string value, int line = 0)
    {
        if (!Has(section, key, value)) { Add(section, key, value, line); }
    }

    /// <summary>Takes a whole section out.</summary>
    public void Drop(string section) => _assignments.RemoveAll(a => a.Section == section);

    public void Take(ConvertedUnit other) => _assignments.AddRange(other._assignments);

    public bool Has(string section, string key) => _assignments.Exists(a => a.Section == section && a.Key == key);

    public string? Get(string section, string key) => _assignments.FindLast(a => a.Section == section && a.Key == key)?.Value;

    private bool Has(string section, string key, string value) => _assignments.Exists(a => a.Section == section && a.Key == key && a.Value == Quote.OneLine(value));
}
