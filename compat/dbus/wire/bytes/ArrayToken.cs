namespace SysMaster.DBus.Wire;

/// <summary>Where an array being read ends. From <see cref="MessageReader.BeginArray"/>; loop while <see cref="MessageReader.HasNext"/>.</summary>
public readonly struct ArrayToken(int end)
{
    internal int End { get; } = end;
}
