using System.Text;

namespace SysMaster.DBus.Wire;

/// <summary>Writes the value, one complete type, as the declared signature says.</summary>
public delegate void BusGetter<in T>(T target, MessageWriter writer);

/// <summary>
/// Takes a new value; <paramref name="value"/> stands before it and its type is the declared one. Refuses through
/// <see cref="MethodCall.Error"/>; returning without an answer means done.
/// </summary>
public delegate void BusSetter<in T>(T target, MethodCall call, ref MessageReader value);

/// <summary>One property of a declaration.</summary>
/// <param name="access">Who may set it, as <see cref="BusMethod{T}.Access"/>; reading is free.</param>
public sealed class BusProperty<T>(string name, string signature, Emits emits, BusGetter<T> get, BusSetter<T>? set = null, int access = 0, MemberFlags flags = MemberFlags.None)
    : BusMember(name, flags)
    where T : class
{
    public string Type { get; } = signature;

    public Emits Emits { get; } = emits;

    public BusGetter<T> Get { get; } = get;

    public BusSetter<T>? Set { get; } = set;

    public int Access { get; } = access;

    internal byte[] Utf8Type { get; } = Encoding.ASCII.GetBytes(signature);
}
