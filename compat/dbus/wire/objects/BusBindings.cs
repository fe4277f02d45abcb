namespace SysMaster.DBus.Wire;

/// <summary>What one object answers to, in the order introspection prints it. Reused: filled anew for each call to a resolved path.</summary>
public sealed class BusBindings
{
    private BusBinding[] _items = new BusBinding[8];

    public int Count { get; private set; }

    public BusBinding this[int index] => _items[index];

    public void Add<T>(BusInterface<T> declaration, T target)
        where T : class
        => Add(new BusBinding(declaration, target));

    public void Add(BusBinding binding)
    {
        if (Count == _items.Length) { Array.Resize(ref _items, 2 * Count); }
        _items[Count++] = binding;
    }

    public void Clear()
    {
        Array.Clear(_items, 0, Count);
        Count = 0;
    }

    internal bool HasInterface(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < Count; i++)
        {
            if (name.SequenceEqual(_items[i].Interface.Utf8Name)) { return true; }
        }
        return false;
    }

    /// <param name="interfaceName">Empty is any.</param>
    /// <returns>Binding and method, or (-1, -1).</returns>
    internal (int Binding, int Method) FindMethod(ReadOnlySpan<byte> interfaceName, ReadOnlySpan<byte> member)
    {
        for (int i = 0; i < Count; i++)
        {
            BusInterface declaration = _items[i].Interface;
            if (!interfaceName.IsEmpty && !interfaceName.SequenceEqual(declaration.Utf8Name)) { continue; }
            int method = declaration.FindMethod(member);
            if (method >= 0) { return (i, method); }
        }
        return (-1, -1);
    }

    internal (int Binding, int Property) FindProperty(ReadOnlySpan<byte> interfaceName, ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < Count; i++)
        {
            BusInterface declaration = _items[i].Interface;
            if (!interfaceName.SequenceEqual(declaration.Utf8Name)) { continue; }
            int property = declaration.FindProperty(name);
            if (property >= 0) { return (i, property); }
        }
        return (-1, -1);
    }
}
