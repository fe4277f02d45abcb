using System.Text;

namespace SysMaster.Sctl.Slots;

/// <summary>GRUB's environment block: 1,024 bytes which GRUB itself may rewrite in place, so its size never changes (GRUB manual, "The GRUB environment block").</summary>
internal sealed class GrubEnvironment(SlotTree tree, string path)
{
    private const int Size = 1024;
    private const string Header = "# GRUB Environment Block\n";

    /// <summary>Fedora has a link to the EFI partition in its place: the file it leads to is the one to replace.</summary>
    private readonly string _path = tree.ResolvedLink(path) ?? path;

    public bool IsThere => tree.ReadText(_path) is { Length: Size } text && text.StartsWith(Header, StringComparison.Ordinal);

    public string? this[string key] => Lines().Where(line => line.StartsWith(key + "=", StringComparison.Ordinal)).Select(line => line[(key.Length + 1)..]).FirstOrDefault();

    /// <param name="value">Null: the variable goes.</param>
    public void Set(string key, string? value)
    {
        if (this[key] == value) { return; }
        var text = new StringBuilder(Header);
        foreach (string line in Lines().Where(line => !line.StartsWith(key + "=", StringComparison.Ordinal))) { text.Append(line).Append('\n'); }
        if (value is not null) { text.Append(key).Append('=').Append(value).Append('\n'); }
        if (text.Length > Size) { throw new SlotException($"{_path} has no room for {key}={value}."); }
        tree.WriteText(_path, text.Append('#', Size - text.Length).ToString());
    }

    private IEnumerable<string> Lines() =>
        (tree.ReadText(_path) ?? "").Split('\n').Where(line => line.Length > 0 && line[0] != '#');
}
