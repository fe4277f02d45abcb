namespace SysMaster.Sctl.Slots;

/// <summary>A program in its usual place: the distribution's own file, kept beside it as <c>NAME.systemd</c> while a link to ours stands there.</summary>
internal sealed class ProgramSlot(SlotTree tree, string name, string what, string place, string ours) : Slot(name, what)
{
    private string Kept => place + "." + Theirs;

    private bool IsOurs => tree.ResolvedLink(place) == ours;

    public override IReadOnlyList<string> Providers
    {
        get
        {
            var all = new List<string>();
            if (tree.IsFile(IsOurs ? Kept : place)) { all.Add(Theirs); }
            if (tree.IsFile(ours)) { all.Add(Ours); }
            return all;
        }
    }

    public override string? Active => IsOurs ? Ours : tree.Exists(place) ? Theirs : null;

    public override void Use(string provider)
    {
        Require(provider);
        if (provider == Ours && !IsOurs)
        {
            // An update of the distribution's package has put a newer file in the place: that one is kept.
            if (tree.Exists(place)) { tree.Keep(place, Kept); }
            tree.PlaceLink(Path.GetRelativePath(Path.GetDirectoryName(place)!, ours), place);
        }
        else if (provider == Theirs && IsOurs) { tree.Rename(Kept, place); }
        if (Active == Theirs) { tree.Remove(Kept); }
    }

    public override string Told(string provider) => $"{place} is that of {provider} from now on.";

    protected override string Missing(string provider) => provider == Ours ? ours : IsOurs ? Kept : place;
}
