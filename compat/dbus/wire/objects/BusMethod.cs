namespace SysMaster.DBus.Wire;

/// <summary>
/// Runs one method: answers through the call (<see cref="MethodCall.BeginReply"/>, <see cref="MethodCall.Error"/>), or keeps
/// it for later (<see cref="MethodCall.Defer"/>). A method without out arguments that does none of these is answered when it returns.
/// </summary>
public delegate void BusHandler<in T>(T target, MethodCall call);

/// <summary>One method of a declaration.</summary>
/// <param name="name">"StartUnit".</param>
/// <param name="input">Signature of the arguments; a call with another one is refused before anything else.</param>
/// <param name="output">Signature of the reply.</param>
/// <param name="arguments">Names of the arguments, in before out, separated by blanks; may be fewer than there are.</param>
/// <param name="access">The owner's own number for who may call it, handed to <see cref="IBusAccess"/> before the handler; 0 is anyone.</param>
/// <param name="handler">Static: it is called with the object.</param>
public sealed class BusMethod<T>(string name, string input, string output, string arguments, int access, BusHandler<T> handler, MemberFlags flags = MemberFlags.None)
    : BusMember(name, flags)
    where T : class
{
    public string Input { get; } = input;

    public string Output { get; } = output;

    public string Arguments { get; } = arguments;

    public int Access { get; } = access;

    public BusHandler<T> Handler { get; } = handler;
}
