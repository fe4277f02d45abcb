namespace SysMaster.Sctl.Slots;

/// <summary>
/// Entries of the Boot Loader Specification under /boot/loader/entries, chosen by GRUB's environment block: ours is a copy of the default one with
/// <c>init=</c> at the end of its options. Its name sorts before all others, so that it is never the default by its age.
/// </summary>
internal sealed class BlsBoot(SlotTree tree) : BootMethod
{
    private const string Directory = "/boot/loader/entries";
    private const string Prefix = "00000000-sysmaster-";

    private readonly GrubEnvironment _environment = new(tree, tree.Exists("/boot/grub2") ? "/boot/grub2/grubenv" : "/boot/grub/grubenv");

    public override string Name => "bls";

    public override string? Unfit =>
        !tree.Files(Directory, "*.conf").Any() ? $"{Directory} has no entries"
        : !_environment.IsThere ? "GRUB's environment block (grubenv) is missing" : null;

    public override string? Default => _environment["saved_entry"] is not { } saved ? Slot.Theirs
        : tree.ReadText($"{Directory}/{saved}.conf") is not { } entry ? Slot.Theirs : InitOf(entry) == AllSlots.Init ? Slot.Ours : Slot.Theirs;

    public override void Once(string provider) => _environment.Set("next_entry", provider == Slot.Ours ? Path.GetFileNameWithoutExtension(MakeOurs()) : Theirs());

    public override void Always(string provider)
    {
        _environment.Set("saved_entry", provider == Slot.Ours ? Path.GetFileNameWithoutExtension(MakeOurs()) : Theirs());
        _environment.Set("next_entry", null);
        if (provider == Slot.Theirs) { foreach (string file in OurFiles()) { tree.Remove(file); } }
    }

    private IEnumerable<string> OurFiles() => tree.Files(Directory, Prefix + "*.conf");

    /// <summary>The distribution's entry that is the default: the saved one, the one ours was made of, the newest.</summary>
    private string Theirs()
    {
        if (_environment["saved_entry"] is { } saved)
        {
            string name = saved.StartsWith(Prefix, StringComparison.Ordinal) ? saved[Prefix.Length..] : saved;
            if (tree.IsFile($"{Directory}/{name}.conf")) { return name; }
        }

        return tree.Files(Directory, "*.conf").Select(file => Path.GetFileNameWithoutExtension(file)!).Where(name => !name.StartsWith(Prefix, StringComparison.Ordinal) && !name.Contains("rescue", StringComparison.Ordinal))
            .OrderDescending(VersionOrder.Instance).FirstOrDefault() ?? throw new SlotException($"{Directory} has no entry of the distribution. Nothing was changed.");
    }

    private string MakeOurs()
    {
        string name = Theirs(), file = $"{Directory}/{Prefix}{name}.conf";
        var lines = new List<string>();
        foreach (string line in tree.ReadText($"{Directory}/{name}.conf")!.TrimEnd('\n').Split('\n'))
        {
            string[] words = line.Split((char[])[' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries);
            lines.Add(words.Length < 2 ? line : words[0] switch
            {
                "title" => $"title {words[1].Trim()} (sysmaster)",
                "options" => "options " + KernelWords.WithInit(words[1], AllSlots.Init),
                _ => line,
            });
        }

        if (!lines.Exists(line => line.StartsWith("options ", StringComparison.Ordinal))) { lines.Add("options " + KernelWords.WithInit("", AllSlots.Init)); }
        string text = string.Join('\n', lines) + "\n";
        if (tree.ReadText(file) != text) { tree.WriteText(file, text); }
        return file;
    }

    private static string? InitOf(string entry) => entry.Split('\n').Where(line => line.StartsWith("options", StringComparison.Ordinal)).Select(KernelWords.Init).LastOrDefault(init => init is not null);
}
