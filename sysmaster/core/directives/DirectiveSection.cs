namespace SysMaster.Core.Directives;

/// <summary>A section of a unit file and the tables that are valid in it.</summary>
public sealed class DirectiveSection(string name, params DirectiveTable[] tables)
{
    public string Name { get; } = name;

    public ReadOnlySpan<DirectiveTable> Tables => tables;

    public Directive? Find(ReadOnlySpan<byte> key)
    {
        uint hash = DirectiveTable.Hash(key);
        foreach (DirectiveTable table in tables)
        {
            if (table.Find(key, hash) is { } row)
                return row;
        }
        return null;
    }
}
