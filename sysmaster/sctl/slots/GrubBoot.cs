namespace SysMaster.Sctl.Slots;

/// <summary>
/// A generated grub.cfg without entries of the Boot Loader Specification: ours is a copy of its first entry with <c>init=</c>, in custom.cfg, which grub.cfg reads.
/// </summary>
internal sealed class GrubBoot : BootMethod
{
    private const string Id = "sysmaster", FirstEntry = "0";
    private static readonly string[] s_places = ["/boot/grub2", "/boot/grub", "/boot/efi/EFI/openEuler"];

    private readonly SlotTree _tree;
    private readonly string _place;
    private readonly GrubEnvironment _environment;

    public GrubBoot(SlotTree tree)
    {
        _tree = tree;
        _place = Array.Find(s_places, place => tree.IsFile(place + "/grub.cfg")) ?? s_places[0];
        _environment = new GrubEnvironment(tree, _place + "/grubenv");
    }

    public override string Name => "grub";

    public override string? Unfit
    {
        get
        {
            if (_tree.ReadText(_place + "/grub.cfg") is not { } config) { return "there is no grub.cfg"; }
            if (!_environment.IsThere) { return "GRUB's environment block (grubenv) is missing"; }
            if (!config.Contains("custom.cfg", StringComparison.Ordinal)) { return $"{_place}/grub.cfg does not read custom.cfg (41_custom)"; }
            if (!config.Contains("next_entry", StringComparison.Ordinal) || !config.Contains("\"${saved_entry}\"", StringComparison.Ordinal))
            {
                return $"{_place}/grub.cfg does not follow a saved choice: set GRUB_DEFAULT=saved in /etc/default/grub and make it anew (grub-mkconfig)";
            }

            return FirstMenuEntry(config) is null ? $"{_place}/grub.cfg has no menu entry" : null;
        }
    }

    public override string? Default => _environment["saved_entry"] == Id ? Slot.Ours : Slot.Theirs;

    public override void Once(string provider)
    {
        MakeOurs();
        _environment.Set("next_entry", provider == Slot.Ours ? Id : FirstEntry);
    }

    public override void Always(string provider)
    {
        if (provider == Slot.Ours) { MakeOurs(); }
        _environment.Set("saved_entry", provider == Slot.Ours ? Id : FirstEntry);
        _environment.Set("next_entry", null);
        if (provider == Slot.Theirs) { WriteCustom(WithoutOurs()); }
    }

    private string CustomPath => _place + "/custom.cfg";

    private const string Begin = "### BEGIN sysmaster ###\n", End = "### END sysmaster ###\n";

    private void MakeOurs()
    {
        var lines = new List<string>();
        foreach (string line in FirstMenuEntry(_tree.ReadText(_place + "/grub.cfg") ?? "") ?? throw new SlotException("grub.cfg has no menu entry. Nothing was changed."))
        {
            string trimmed = line.TrimStart();
            bool kernel = trimmed.StartsWith("linux", StringComparison.Ordinal) && trimmed.Split((char[])[' ', '\t'], 2)[0] is "linux" or "linux16" or "linuxefi";
            lines.Add(!kernel ? line : "\t" + KernelWords.WithInit(trimmed, AllSlots.Init));
        }

        // The title and identifiers of the first line would be the original's twice.
        lines[0] = $"menuentry 'sysmaster' --id {Id} {{";
        WriteCustom(WithoutOurs() + Begin + string.Join('\n', lines) + "\n" + End);
    }

    private string WithoutOurs()
    {
        string text = _tree.ReadText(CustomPath) ?? "";
        int begin = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        return begin < 0 || end < begin ? text : text[..begin] + text[(end + End.Length)..];
    }

    private void WriteCustom(string text)
    {
        if (text.Length == 0) { _tree.Remove(CustomPath); }
        else if (_tree.ReadText(CustomPath) != text) { _tree.WriteText(CustomPath, text); }
    }

    /// <summary>The lines of the first entry, of a submenu's too, from `menuentry` to its closing brace.</summary>
    private static List<string>? FirstMenuEntry(string config)
    {
        List<string>? entry = null;
        foreach (string line in config.Split('\n'))
        {
            string trimmed = line.Trim();
            if (entry is null && trimmed.StartsWith("menuentry ", StringComparison.Ordinal) && trimmed.EndsWith('{')) { entry = []; }
            entry?.Add(line);
            if (entry is not null && trimmed == "}") { return entry; }
        }

        return null;
    }
}
