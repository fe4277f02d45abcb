using System.Collections.Immutable;
using System.Text;

namespace SysMaster.DBus.Wire;

/// <summary>
/// The declaration of one interface over objects of type <typeparamref name="T"/>: three tables, nothing else.
/// <code>
/// public static readonly BusInterface&lt;Manager&gt; Declaration = new("org.freedesktop.systemd1.Manager")
/// {
///     Methods = [new("StartUnit", "ss", "o", "name mode job", Access.ManageUnits, static (m, call) => m.StartUnit(call))],
///     Properties = [new("Version", "s", Emits.Const, static (m, w) => w.WriteString(m.Version))],
///     Signals = [new("JobNew", "uos", "id job unit")],
/// };
/// </code>
/// </summary>
public sealed class BusInterface<T>(string name) : BusInterface(name)
    where T : class
{
    private readonly ImmutableArray<BusMethod<T>> _methods = [];
    private readonly ImmutableArray<BusProperty<T>> _properties = [];
    private readonly MethodFacts[] _methodFacts = [];
    private readonly PropertyFacts[] _propertyFacts = [];
    private readonly NameTable _methodNames = NameTable.Empty;
    private readonly NameTable _propertyNames = NameTable.Empty;

    public ImmutableArray<BusMethod<T>> Methods
    {
        get => _methods;
        init
        {
            _methods = value;
            _methodFacts = [.. value.Select(static m => new MethodFacts(m, Encoding.ASCII.GetBytes(m.Input), Encoding.ASCII.GetBytes(m.Output), m.Arguments, m.Access))];
            _methodNames = new NameTable([.. value.Select(static m => m.Utf8Name)]);
        }
    }

    public ImmutableArray<BusProperty<T>> Properties
    {
        get => _properties;
        init
        {
            _properties = value;
            _propertyFacts = [.. value.Select(static p => new PropertyFacts(p, p.Utf8Type, p.Emits, p.Set is not null, p.Access))];
            _propertyNames = new NameTable([.. value.Select(static p => p.Utf8Name)]);
        }
    }

    internal override int MethodCount => _methodFacts.Length;

    internal override int PropertyCount => _propertyFacts.Length;

    internal override int FindMethod(ReadOnlySpan<byte> name) => _methodNames.Find(name);

    internal override int FindProperty(ReadOnlySpan<byte> name) => _propertyNames.Find(name);

    internal override MethodFacts MethodAt(int index) => _methodFacts[index];

    internal override PropertyFacts PropertyAt(int index) => _propertyFacts[index];

    internal override void Invoke(int method, object target, MethodCall call) => _methods[method].Handler((T)target, call);

    internal override void WriteProperty(int property, object target, MessageWriter writer) => _properties[property].Get((T)target, writer);

    internal override void SetProperty(int property, object target, MethodCall call, ref MessageReader value)
        => _properties[property].Set!((T)target, call, ref value);
}
