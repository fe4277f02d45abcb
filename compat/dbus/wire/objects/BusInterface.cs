using System.Collections.Immutable;
using System.Text;

namespace SysMaster.DBus.Wire;

/// <summary>
/// One interface as it was declared, seen without the type of its objects. Dispatch, introspection, signature and access checks,
/// Get, GetAll, Set and PropertiesChanged all derive from it.
/// Several declarations may bear the same name (a service's own part, its exec part, its cgroup part): for the outside they are one.
/// </summary>
public abstract class BusInterface
{
    private protected BusInterface(string name)
    {
        Name = name;
        Utf8Name = Encoding.ASCII.GetBytes(name);
    }

    public string Name { get; }

    /// <summary>How introspection prints it.</summary>
    public MemberOrder Order { get; init; }

    public ImmutableArray<BusSignal> Signals { get; init; } = [];

    internal byte[] Utf8Name { get; }

    internal abstract int MethodCount { get; }

    internal abstract int PropertyCount { get; }

    /// <returns>The index, or -1.</returns>
    internal abstract int FindMethod(ReadOnlySpan<byte> name);

    internal abstract int FindProperty(ReadOnlySpan<byte> name);

    internal abstract MethodFacts MethodAt(int index);

    internal abstract PropertyFacts PropertyAt(int index);

    internal abstract void Invoke(int method, object target, MethodCall call);

    internal abstract void WriteProperty(int property, object target, MessageWriter writer);

    internal abstract void SetProperty(int property, object target, MethodCall call, ref MessageReader value);
}
