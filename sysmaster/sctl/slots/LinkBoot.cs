namespace SysMaster.Sctl.Slots;

/// <summary>
/// The link /usr/sbin/init, for machines whose boot loader or container runner starts /sbin/init. For a trial it points to
/// <c>trial-init</c>, which marks on disk that the trial has begun, runs the new one, and from the next boot on the previous one.
/// </summary>
internal sealed class LinkBoot(SlotTree tree) : BootMethod
{
    public const string TrialInit = "/usr/lib/sysmaster/trial-init";
    private const string Place = "/usr/sbin/init";
    private const string Next = "/etc/sysmaster/init.trial", Previous = "/etc/sysmaster/init.previous";

    public override string Name => "link";

    public override string? Unfit
    {
        get
        {
            if (tree.LinkTarget(Place) is null) { return $"{Place} is not a symbolic link"; }
            if (tree.Exists("/usr/lib/dracut")) { return "an initrd made by dracut runs systemd, which looks for /usr/lib/systemd/systemd before /sbin/init"; }
            string words = tree.IsHost ? File.ReadAllText("/proc/cmdline") : "";
            string? init = Array.Find(words.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries), word => word.StartsWith("init=", StringComparison.Ordinal));
            return init is null || init is "init=/sbin/init" or "init=/usr/sbin/init" ? null : $"the kernel command line has {init}, which comes before /sbin/init";
        }
    }

    public override string? Default => Whose(tree.ResolvedLink(Place) is TrialInit ? tree.LinkTarget(Previous) : tree.ResolvedLink(Place));

    public override void Once(string provider)
    {
        if (!tree.IsFile(TrialInit)) { throw new SlotException($"{TrialInit} is missing. Nothing was changed."); }
        tree.PlaceLink(ProgramOf(Default ?? Slot.Theirs), Previous);
        tree.PlaceLink(ProgramOf(provider), Next);
        tree.PlaceLink(TrialInit, Place);
    }

    public override void Always(string provider)
    {
        tree.PlaceLink(provider == Slot.Theirs ? "../lib/systemd/systemd" : "../lib/sysmaster/init", Place);
        tree.Remove(Next);
        tree.Remove(Previous);
    }

    private static string? Whose(string? program) => program switch
    {
        AllSlots.Init => Slot.Ours,
        "/usr/lib/systemd/systemd" or "/lib/systemd/systemd" => Slot.Theirs,
        _ => null,
    };
}
