namespace SysMaster.DBus.Wire;

/// <summary>One signal of a declaration: for introspection, and for <c>MessageWriter.BeginSignal</c>.</summary>
/// <param name="arguments">Names, separated by blanks; may be fewer than there are.</param>
public sealed class BusSignal(string name, string signature, string arguments = "", MemberFlags flags = MemberFlags.None) : BusMember(name, flags)
{
    public string Type { get; } = signature;

    public string Arguments { get; } = arguments;
}
