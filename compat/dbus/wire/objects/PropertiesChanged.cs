namespace SysMaster.DBus.Wire;

/// <summary>
/// Writes the signal org.freedesktop.DBus.Properties.PropertiesChanged from declarations: properties declared
/// <see cref="Emits.Change"/> with their present value, <see cref="Emits.Invalidates"/> by name, others never.
/// </summary>
public static class PropertiesChanged
{
    /// <summary>All properties of one interface that announce changes.</summary>
    /// <param name="bindings">The object; parts of another interface name are passed over.</param>
    /// <returns>False: the interface announces nothing, and nothing was written.</returns>
    public static bool Write(MessageWriter writer, string path, string interfaceName, BusBindings bindings)
        => WriteSome(writer, path, interfaceName, bindings, default, all: true);

    /// <summary>Of those named, the ones that announce changes. A name that is not there is our own mistake.</summary>
    public static bool Write(MessageWriter writer, string path, string interfaceName, BusBindings bindings, ReadOnlySpan<string> names)
        => WriteSome(writer, path, interfaceName, bindings, names, all: false);

    internal static void WriteEntry(MessageWriter writer, BusBinding binding, int index, in PropertyFacts property)
    {
        writer.BeginStruct();
        writer.WriteString(property.Member.Utf8Name.AsSpan());
        writer.BeginVariant(property.Type);
        binding.Interface.WriteProperty(index, binding.Target, writer);
    }

    private static bool WriteSome(MessageWriter writer, string path, string interfaceName, BusBindings bindings, ReadOnlySpan<string> names, bool all)
    {
        writer.BeginSignal(path, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as");
        writer.WriteString(interfaceName);
        ArrayMark changed = writer.BeginArray(8);
        bool any = WriteEach(writer, interfaceName, bindings, names, all, Emits.Change);
        writer.EndArray(changed);
        ArrayMark invalidated = writer.BeginArray(4);
        any |= WriteEach(writer, interfaceName, bindings, names, all, Emits.Invalidates);
        writer.EndArray(invalidated);
        if (!any) { writer.Reset(); }
        return any;
    }

    private static bool WriteEach(MessageWriter writer, string interfaceName, BusBindings bindings, ReadOnlySpan<string> names, bool all, Emits kind)
    {
        bool any = false;
        for (int i = 0; i < bindings.Count; i++)
        {
            BusInterface declaration = bindings[i].Interface;
            if (declaration.Name != interfaceName) { continue; }
            for (int p = 0; p < declaration.PropertyCount; p++)
            {
                PropertyFacts property = declaration.PropertyAt(p);
                if (property.Emits != kind || property.Member.Is(MemberFlags.Hidden) || !(all || names.Contains(property.Member.Name))) { continue; }
                any = true;
                if (kind == Emits.Change) { WriteEntry(writer, bindings[i], p, property); }
                else { writer.WriteString(property.Member.Utf8Name.AsSpan()); }
            }
        }
        return any;
    }
}
