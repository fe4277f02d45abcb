using System.Text;
using SysMaster.Linux;

namespace SysMaster.DBus.Wire;

/// <summary>
/// Paths to objects, and the answering of calls to them: declared methods, and Peer, Introspectable and Properties, which every
/// object has. Error names and texts are sd-bus's (seen on 252), since scripts and people read them. The order of checks:
/// object, interface and method, signature, access (<see cref="IBusAccess"/>), handler.
/// One call is answered at a time; a handler must not dispatch another one into the same tree.
/// </summary>
public sealed partial class ObjectTree(IBusAccess access)
{
    private readonly Dictionary<string, BusBindings> _objects = [];
    private readonly List<(string Prefix, byte[] Utf8, IBusObjects Objects)> _fallbacks = [];
    private readonly BusBindings _resolved = new();
    private readonly MethodCall _call = new();

    /// <summary>Registers one object.</summary>
    public void Add(string path, params ReadOnlySpan<BusBinding> bindings)
    {
        if (!_objects.TryGetValue(path, out BusBindings? list)) { _objects[path] = list = new BusBindings(); }
        foreach (BusBinding binding in bindings) { list.Add(binding); }
    }

    /// <summary>Registers one interface of one object.</summary>
    public void Add<T>(string path, BusInterface<T> declaration, T target)
        where T : class
        => Add(path, new BusBinding(declaration, target));

    public bool Remove(string path) => _objects.Remove(path);

    /// <summary>Hands all paths below a prefix to a resolver.</summary>
    /// <param name="prefix">Without a slash at its end: "/org/freedesktop/systemd1/unit".</param>
    public void AddFallback(string prefix, IBusObjects objects) => _fallbacks.Add((prefix, Encoding.ASCII.GetBytes(prefix + "/"), objects));

    /// <summary>
    /// Answers a method call (other messages are not for it). With <paramref name="authorized"/> a detached call comes back
    /// whose authorisation was granted meanwhile: the access check is not asked again.
    /// </summary>
    public void Dispatch(BusConnection connection, Message message, bool authorized = false)
    {
        if (message.Type != MessageType.MethodCall) { return; }
        _call.Start(connection, message, authorized);
        try
        {
            if (message.Interface.SequenceEqual("org.freedesktop.DBus.Peer"u8)) { AnswerPeer(); }
            else { AnswerObject(); }
        }
        catch (ProtocolException broken)
        {
            // The body was walked: so a handler met other types than it can take, within a variant.
            if (!_call.IsDone) { _call.Error(BusErrors.InvalidArgs, "Invalid arguments: " + broken.Message); }
        }
        finally
        {
            _resolved.Clear();
        }
    }

    private void AnswerObject()
    {
        Message message = _call.Message;
        BusRefusal? refusal = null;
        BusBindings? bindings = Find(message.Path, ref refusal);
        if (bindings is not null)
        {
            (int binding, int method) = bindings.FindMethod(message.Interface, message.Member);
            if (binding >= 0) { Run(bindings[binding], method); return; }
        }
        if (refusal is { } why) { _call.Error(why.Name, why.Text); return; }
        if (IsBuiltin(message.Interface, "org.freedesktop.DBus.Introspectable"u8) && message.Member.SequenceEqual("Introspect"u8))
        {
            AnswerIntrospect(bindings);
            return;
        }
        if (bindings is null)
        {
            _call.Error(BusErrors.UnknownObject, $"Unknown object '{Text(message.Path)}'.");
            return;
        }
        if (IsBuiltin(message.Interface, "org.freedesktop.DBus.Properties"u8) && AnswerProperties(bindings)) { return; }
        _call.Error(BusErrors.UnknownMethod, $"Unknown method {Text(message.Member)} or interface {Text(message.Interface)}.");
    }

    private void Run(BusBinding binding, int index)
    {
        MethodFacts method = binding.Interface.MethodAt(index);
        if (!_call.Message.BodySignature.SequenceEqual(method.Input))
        {
            _call.Error(
                BusErrors.InvalidArgs,
                $"Invalid arguments '{Text(_call.Message.BodySignature)}' to call {binding.Interface.Name}.{method.Member.Name}(), expecting '{Text(method.Input)}'.");
            return;
        }
        _call.WillAnswerWith(method.Output);
        if (!IsAllowed(method.Access, binding.Interface, method.Member)) { return; }
        binding.Interface.Invoke(index, binding.Target, _call);
        _call.Finish();
    }

    private bool IsAllowed(int required, BusInterface declaration, BusMember member)
    {
        if (required == 0 || _call.IsAuthorized || access.Allows(_call, required, declaration, member.Name)) { return true; }
        if (!_call.IsDone) { _call.Error(BusErrors.AccessDenied, $"Access to {declaration.Name}.{member.Name}() not permitted."); }
        return false;
    }

    private BusBindings? Find(ReadOnlySpan<byte> path, ref BusRefusal? refusal)
    {
        Span<char> chars = stackalloc char[256];
        if (path.Length <= chars.Length)
        {
            int n = Encoding.ASCII.GetChars(path, chars);
            if (_objects.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(chars[..n], out BusBindings? found)) { return found; }
        }
        foreach ((_, byte[] prefix, IBusObjects objects) in _fallbacks)
        {
            if (!path.StartsWith(prefix)) { continue; }
            _resolved.Clear();
            if (objects.Resolve(path, _resolved, ref refusal)) { return _resolved; }
            return null;
        }
        return null;
    }

    private void AnswerPeer()
    {
        ReadOnlySpan<byte> member = _call.Message.Member;
        if (member.SequenceEqual("Ping"u8)) { _call.Reply(); return; }
        if (!member.SequenceEqual("GetMachineId"u8))
        {
            _call.Error(BusErrors.UnknownMethod, $"Unknown method '{Text(member)}' on interface 'org.freedesktop.DBus.Peer'.");
            return;
        }
        Result<byte[]> id = Sys.ReadFile((ByteText)"/etc/machine-id", 4096);
        if (id.Failed || id.Value.Length < 32)
        {
            _call.Error(BusErrors.FileNotFound, id.Failed ? id.Error.ToString() : "The machine ID is not set.");
            return;
        }
        _call.WillAnswerWith("s"u8.ToArray());
        _call.BeginReply().WriteString(id.Value.AsSpan(0, 32));
        _call.EndReply();
    }

    private static bool IsBuiltin(ReadOnlySpan<byte> interfaceName, ReadOnlySpan<byte> builtin) => interfaceName.IsEmpty || interfaceName.SequenceEqual(builtin);

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
