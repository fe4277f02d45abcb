using System.Collections.Immutable;
using System.Text;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Systemd1;

/// <summary>Makes the properties of an interface: each name of the order is a run-time getter if there is one, else the directive's row.</summary>
internal static class PropertyTables
{
    /// <param name="order">Of <see cref="PropertyOrder"/>.</param>
    /// <param name="settings">Where the rows find their values.</param>
    /// <param name="rows">The tables whose rows may stand in the interface; their old names are answered too, but not listed.</param>
    /// <param name="own">The run-time part.</param>
    public static ImmutableArray<BusProperty<T>> Build<T>(string order, Func<T, SettingsBag> settings, ReadOnlySpan<DirectiveTable> rows, ReadOnlySpan<Getter<T>> own)
        where T : class
    {
        var list = ImmutableArray.CreateBuilder<BusProperty<T>>();
        foreach (string word in order.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            Emits emits = word[^1] switch { '-' => Emits.Nothing, '!' => Emits.Change, '~' => Emits.Invalidates, _ => Emits.Const };
            string name = emits == Emits.Const ? word : word[..^1];
            list.Add(FromGetter(name, emits, own) ?? FromRow(name, emits, settings, rows)
                ?? throw new InvalidOperationException($"nothing gives the property {name}"));
        }
        foreach (Getter<T> getter in own)
        {
            if ((getter.Flags & MemberFlags.Hidden) != 0) { list.Add(Make(getter, Emits.Nothing)); }
        }
        foreach (DirectiveTable table in rows)
        {
            foreach (Directive row in table.Rows)
            {
                if ((row.Use & BusUse.Hidden) != 0) { list.Add(Make(row, Emits.Nothing, settings, MemberFlags.Hidden)); }
            }
        }
        return list.ToImmutable();
    }

    private static BusProperty<T>? FromGetter<T>(string name, Emits emits, ReadOnlySpan<Getter<T>> own)
        where T : class
    {
        foreach (Getter<T> getter in own)
        {
            if (getter.Name == name && (getter.Flags & MemberFlags.Hidden) == 0) { return Make(getter, emits); }
        }
        return null;
    }

    private static BusProperty<T>? FromRow<T>(string name, Emits emits, Func<T, SettingsBag> settings, ReadOnlySpan<DirectiveTable> rows)
        where T : class
    {
        Span<byte> key = stackalloc byte[128];
        int n = Encoding.ASCII.GetBytes(name, key);
        foreach (DirectiveTable table in rows)
        {
            if (table.FindBus(key[..n]) is { } row && (row.Use & BusUse.Hidden) == 0) { return Make(row, emits, settings, MemberFlags.None); }
        }
        return null;
    }

    private static BusProperty<T> Make<T>(in Getter<T> getter, Emits emits)
        where T : class
        => new(getter.Name, getter.Signature, emits, getter.Get, getter.Set, getter.Access, getter.Flags);

    private static BusProperty<T> Make<T>(Directive row, Emits emits, Func<T, SettingsBag> settings, MemberFlags flags)
        where T : class
        => new(row.Bus!, row.BusSignature, emits, (target, writer) => row.WriteBus(settings(target), writer), flags: flags);
}
