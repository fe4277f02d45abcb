namespace SysMaster.DBus.Wire;

/// <summary>org.freedesktop.DBus.Introspectable: also for paths that only lead to others.</summary>
public sealed partial class ObjectTree
{
    private static readonly byte[] s_string = [(byte)'s'];

    private void AnswerIntrospect(BusBindings? bindings)
    {
        string path = Text(_call.Message.Path);
        SortedSet<string> children = ChildrenOf(path, out bool exists);
        if (bindings is null && !exists)
        {
            _call.Error(BusErrors.UnknownObject, $"Unknown object '{path}'.");
            return;
        }
        if (!_call.Message.BodySignature.IsEmpty)
        {
            _call.Error(BusErrors.InvalidArgs, "Expected no parameters");
            return;
        }
        _call.WillAnswerWith(s_string);
        _call.BeginReply().WriteString(Introspection.Write(bindings, children));
        _call.EndReply();
    }

    private SortedSet<string> ChildrenOf(string path, out bool exists)
    {
        var children = new SortedSet<string>(StringComparer.Ordinal);
        string below = path == "/" ? path : path + "/";
        exists = false;
        foreach (string known in _objects.Keys)
        {
            // What stands for the bus itself on a direct connection is no part of the tree.
            if (known != BusCalls.Path) { exists |= AddChild(children, below, known); }
        }
        foreach ((string prefix, _, IBusObjects objects) in _fallbacks)
        {
            exists |= AddChild(children, below, prefix);
            if (prefix != path) { continue; }
            exists = true;
            var paths = new List<string>();
            objects.Enumerate(paths);
            foreach (string found in paths) { AddChild(children, below, found); }
        }
        return children;
    }

    private static bool AddChild(SortedSet<string> children, string below, string path)
    {
        if (path.Length <= below.Length || !path.StartsWith(below, StringComparison.Ordinal)) { return false; }
        int slash = path.IndexOf('/', below.Length);
        children.Add(slash < 0 ? path[below.Length..] : path[below.Length..slash]);
        return true;
    }
}
