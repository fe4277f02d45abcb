using SysMaster.UnitFiles;
using System.Text;

namespace SysMaster.Core.Directives;

/// <summary>All that a unit of one type may say: its sections and their tables. One static value per unit type.</summary>
public sealed class DirectiveSet(params DirectiveSection[] sections)
{
    public ReadOnlySpan<DirectiveSection> Sections => sections;

    public DirectiveSection? Section(ReadOnlySpan<byte> name)
    {
        foreach (DirectiveSection section in sections)
        {
            if (Ascii.Equals(name, section.Name))
                return section;
        }
        return null;
    }

    public Directive? Find(ReadOnlySpan<byte> section, ReadOnlySpan<byte> key) => Section(section)?.Find(key);

    /// <summary>The row of a property of StartTransientUnit or SetUnitProperties, whatever its interface.</summary>
    public Directive? FindBus(ReadOnlySpan<byte> property)
    {
        uint hash = DirectiveTable.Hash(property);
        Directive? hidden = null;
        for (int s = sections.Length - 1; s >= 0; s--)   // the type's own section before [Unit]
        {
            foreach (DirectiveTable table in sections[s].Tables)
            {
                if (table.FindBus(property, hash) is not { } row)
                    continue;
                // An old name of a service's own is answered, and gives way to the unit's property of that name.
                if ((row.Use & BusUse.Hidden) == 0)
                    return row;
                hidden ??= row;
            }
        }
        return hidden;
    }

    /// <summary>All that the bag sets, as a unit file: what a transient unit or a set-property drop-in is stored as.</summary>
    public void WriteText(SettingsBag bag, ref ByteBuilder to)
    {
        foreach (DirectiveSection section in sections)
        {
            bool headed = false;
            foreach (Setting item in bag.Items)
            {
                if (!Holds(section, item.Row))
                    continue;
                if (!headed)
                {
                    to.Append("["u8);
                    to.AppendAscii(section.Name);
                    to.Append("]\n"u8);
                    headed = true;
                }
                item.PrintLines(ref to);
            }
        }
    }

    private static bool Holds(DirectiveSection section, Directive row)
    {
        foreach (DirectiveTable table in section.Tables)
        {
            foreach (Directive mine in table.Rows)
            {
                if (ReferenceEquals(mine, row))
                    return true;
            }
        }
        return false;
    }
}
