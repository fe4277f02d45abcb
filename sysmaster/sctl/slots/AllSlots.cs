namespace SysMaster.Sctl.Slots;

/// <summary>The list: a part that gets a provider of ours gets a line here.</summary>
internal static class AllSlots
{
    public const string Init = "/usr/lib/sysmaster/init";

    public static IReadOnlyList<Slot> Of(SlotTree tree) =>
    [
        new ManagerSlot(tree),
        new ProgramSlot(tree, "systemctl", "what people and scripts type", "/usr/bin/systemctl", "/usr/lib/sysmaster/systemctl"),
        new ServiceSlot(tree, "random-seed", "entropy over a reboot", "systemd-random-seed.service", "/usr/lib/sysmaster/random-seed",
            """
            [Service]
            ExecStart=
            ExecStart=/usr/lib/sysmaster/random-seed load
            ExecStop=
            ExecStop=/usr/lib/sysmaster/random-seed save

            """),
    ];
}
