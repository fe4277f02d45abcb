using System.Globalization;

namespace SysMaster.Core.Logging;

/// <summary>One more field of a record: <c>EXIT_STATUS=1</c>. The name is journald's: A-Z, 0-9 and underscores.</summary>
public readonly struct LogField
{
    public LogField(string name, string value)
    {
        Name = name;
        Value = value;
    }

    public LogField(string name, ulong value)
        : this(name, value.ToString(CultureInfo.InvariantCulture))
    {
    }

    public string Name { get; }

    public string Value { get; }
}
