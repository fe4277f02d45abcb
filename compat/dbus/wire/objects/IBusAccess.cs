namespace SysMaster.DBus.Wire;

/// <summary>Decides who may call what, before the handler runs and before the body is read.</summary>
public interface IBusAccess
{
    /// <summary>
    /// False: the handler does not run, since this has answered the call (<see cref="MethodCall.Error"/>) or keeps it until it knows
    /// (<see cref="MethodCall.Defer"/>, and <see cref="Message.Detach"/> for the object tree later).
    /// Not asked for access 0.
    /// </summary>
    /// <param name="access">The number in the declaration.</param>
    /// <param name="declaration">The interface.</param>
    /// <param name="member">The method, or the property to be set.</param>
    bool Allows(MethodCall call, int access, BusInterface declaration, string member);
}
