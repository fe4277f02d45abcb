namespace SysMaster.Sctl.Slots;

/// <summary>A service of the distribution whose commands a drop-in replaces; the unit keeps its name, its dependencies and its place in the boot.</summary>
internal sealed class ServiceSlot(SlotTree tree, string name, string what, string unit, string ours, string dropIn) : Slot(name, what)
{
    private string Place => $"/etc/systemd/system/{unit}.d/50-sysmaster.conf";

    private bool UnitExists => tree.IsFile("/usr/lib/systemd/system/" + unit) || tree.IsFile("/lib/systemd/system/" + unit);

    public override IReadOnlyList<string> Providers => [.. UnitExists ? (string[])[Theirs] : [], .. UnitExists && tree.IsFile(ours) ? (string[])[Ours] : []];

    public override string? Active => tree.Exists(Place) ? Ours : UnitExists ? Theirs : null;

    public override void Use(string provider)
    {
        Require(provider);
        if (provider == Theirs) { tree.Remove(Place); }
        else if (tree.ReadText(Place) != dropIn) { tree.WriteText(Place, dropIn); }
    }

    public override string Told(string provider) => $"{unit} is that of {provider} from its next start on, once the manager was reloaded (systemctl daemon-reload).";

    protected override string Missing(string provider) => provider == Ours && UnitExists ? ours : "/usr/lib/systemd/system/" + unit;
}
