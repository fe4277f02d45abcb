using System.Globalization;
using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>Processes by control group, as the manager counts them: GetUnitProcesses().</summary>
internal sealed class ProcessTree(Settings settings, string indent)
{
    private readonly int _columns = settings.Full || !Tty.IsOutput || Pager.IsOpen ? int.MaxValue : Tty.Columns;

    public bool HasEllipsis { get; private set; }

    /// <param name="unit">Whose.</param>
    /// <param name="root">Its control group, the root of what is drawn.</param>
    public void Print(Caller caller, string unit, string root)
    {
        BusReply reply = caller.Manager("GetUnitProcesses", "s", w => w.WriteString(unit)).Expect("a(sus)");
        if (reply.Failed)
        {
            Log.Debug($"Failed to dump process list for '{unit}', ignoring: {reply.Error}");
            return;
        }
        MessageReader reader = reply.Reader;
        var top = new Node("");
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            string path = reader.ReadText();
            uint pid = reader.ReadUInt32();
            string name = reader.ReadText();
            if (Below(root, path) is not { } rest) { continue; }
            Node node = top;
            foreach (string part in rest.Split('/', StringSplitOptions.RemoveEmptyEntries)) { node = node.Child(part); }
            node.Processes[pid] = name;
        }
        reader.EndArray(array);
        Print(top, indent);
    }

    private static string? Below(string root, string path)
    {
        string prefix = root.TrimEnd('/');
        if (path == prefix || prefix.Length == 0) { return path[prefix.Length..]; }
        return path.StartsWith(prefix + "/", StringComparison.Ordinal) ? path[prefix.Length..] : null;
    }

    private void Print(Node node, string prefix)
    {
        int width = node.Processes.Count == 0 ? 0 : node.Processes.Keys.Max().ToString(CultureInfo.InvariantCulture).Length;
        int left = node.Processes.Count;
        foreach ((uint pid, string name) in node.Processes)
        {
            string stroke = --left > 0 || node.Children.Count > 0 ? Tree.Branch : Tree.Last;
            string number = pid.ToString(CultureInfo.InvariantCulture).PadLeft(width);
            int room = _columns == int.MaxValue ? int.MaxValue : Math.Max(_columns - prefix.Length - 2 - width - 1, 20);
            string text = Texts.Ellipsize(name, room, 100);
            HasEllipsis |= !ReferenceEquals(text, name);
            Stdio.Line($"{prefix}{stroke}{Colors.Grey}{number} {text}{Colors.Normal}");
        }
        int more = node.Children.Count;
        foreach ((string name, Node child) in node.Children)
        {
            bool isLast = --more == 0;
            Stdio.Line($"{prefix}{(isLast ? Tree.Last : Tree.Branch)}{name}");
            Print(child, prefix + (isLast ? Tree.Space : Tree.Vertical));
        }
    }

    private sealed class Node(string name)
    {
        public string Name => name;

        public SortedDictionary<uint, string> Processes { get; } = [];

        public SortedDictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public Node Child(string part)
        {
            if (!Children.TryGetValue(part, out Node? child)) { Children[part] = child = new Node(part); }
            return child;
        }
    }
}
