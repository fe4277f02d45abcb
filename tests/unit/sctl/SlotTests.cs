using SysMaster.Sctl.Slots;

namespace SysMaster.Sctl.Tests;

/// <summary>Slots on root file systems made of a few files: what is in the place after a switch, and after one that was interrupted at each of its steps.</summary>
public sealed class SlotTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("slots-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_program_is_exchanged_and_comes_back()
    {
        Put("/usr/bin/systemctl", "theirs");
        Put("/usr/lib/sysmaster/systemctl", "ours");
        Slot slot = Named("systemctl");

        slot.Active.Should().Be("systemd");
        slot.Use("sysmaster");
        slot.Active.Should().Be("sysmaster");
        Text("/usr/bin/systemctl").Should().Be("ours");
        slot.Use("sysmaster");
        slot.Use("systemd");
        Text("/usr/bin/systemctl").Should().Be("theirs");
        Directory.GetFiles(_root + "/usr/bin").Should().ContainSingle();
    }

    [Fact]
    public void An_update_of_the_distribution_is_kept_as_the_file_to_come_back_to()
    {
        Put("/usr/bin/systemctl", "old");
        Put("/usr/lib/sysmaster/systemctl", "ours");
        Slot slot = Named("systemctl");
        slot.Use("sysmaster");
        File.Delete(_root + "/usr/bin/systemctl");
        Put("/usr/bin/systemctl", "new");

        slot.Active.Should().Be("systemd");
        slot.Use("sysmaster");
        slot.Use("systemd");
        Text("/usr/bin/systemctl").Should().Be("new");
    }

    [Fact]
    public void A_provider_whose_files_are_missing_is_refused_and_nothing_changes()
    {
        Put("/usr/bin/systemctl", "theirs");

        Action use = () => Named("systemctl").Use("sysmaster");
        use.Should().Throw<SlotException>().WithMessage("*/usr/lib/sysmaster/systemctl*Nothing was changed.");
        Text("/usr/bin/systemctl").Should().Be("theirs");
        use = () => Named("systemctl").Use("upstart");
        use.Should().Throw<SlotException>().WithMessage("*no provider 'upstart'*");
    }

    [Fact]
    public void A_service_gets_a_drop_in_and_loses_it()
    {
        Put("/usr/lib/systemd/system/systemd-random-seed.service", "[Service]\n");
        Put("/usr/lib/sysmaster/random-seed", "ours");
        Slot slot = Named("random-seed");
        slot.Use("sysmaster");
        Text("/etc/systemd/system/systemd-random-seed.service.d/50-sysmaster.conf").Should().Contain("ExecStart=\nExecStart=/usr/lib/sysmaster/random-seed load\n");
        slot.Active.Should().Be("sysmaster");
        slot.Use("systemd");
        slot.Active.Should().Be("systemd");
    }

    [Fact]
    public void A_won_trial_by_the_link_is_for_good()
    {
        LinkMachine();
        Manager().Use("sysmaster");
        Link("/usr/sbin/init").Should().Be("/usr/lib/sysmaster/trial-init");
        Manager().Active.Should().Be("systemd", "one boot decides first");
        Put("/etc/sysmaster/trial.begun", "");
        Manager().Settle("sysmaster", 20).Should().Contain("is won");
        Link("/usr/sbin/init").Should().Be("../lib/sysmaster/init");
        Manager().Active.Should().Be("sysmaster");
        Directory.GetFiles(_root + "/etc/sysmaster").Should().BeEmpty();
        Manager().Use("systemd");
        Put("/etc/sysmaster/trial.begun", "");
        Manager().Settle("systemd", 20).Should().Contain("is won");
        Link("/usr/sbin/init").Should().Be("../lib/systemd/systemd");
    }

    [Fact]
    public void A_lost_trial_by_the_link_leaves_the_previous_manager()
    {
        LinkMachine();
        Manager().Use("sysmaster");
        Manager().Settle("systemd", 20).Should().BeNull("the boot that set it up goes on");
        Put("/etc/sysmaster/trial.begun", "");
        Manager().Settle("sysmaster", 601).Should().Contain("is lost");
        Link("/usr/sbin/init").Should().Be("/usr/lib/sysmaster/trial-init");
        Manager().Settle("systemd", 20).Should().Contain("is lost");
        Link("/usr/sbin/init").Should().Be("../lib/systemd/systemd");
        Manager().Note.Should().Contain("is lost");
        Manager().Settle("systemd", 20).Should().BeNull();
    }

    [Fact]
    public void A_switch_without_a_trial_is_for_good_at_once()
    {
        LinkMachine();
        new ManagerSlot(Tree()) { Seconds = 0 }.Use("sysmaster");
        Link("/usr/sbin/init").Should().Be("../lib/sysmaster/init");
    }

    [Fact]
    public void Grub_boots_an_entry_once_and_keeps_it_when_the_trial_is_won()
    {
        BlsMachine();
        Manager().Use("sysmaster");
        string entry = Text("/boot/loader/entries/00000000-sysmaster-id-5.10.0-2.conf");
        entry.Should().Contain("title openEuler (5.10.0-2) (sysmaster)\n").And.Contain("options root=/dev/vda1 ro quiet init=/usr/lib/sysmaster/init\n").And.Contain("linux /vmlinuz-5.10.0-2\n");
        Text("/boot/grub2/grubenv").Should().HaveLength(1024).And.Contain("next_entry=00000000-sysmaster-id-5.10.0-2\n").And.Contain("saved_entry=id-5.10.0-2\n");
        Manager().Active.Should().Be("systemd");
        Manager().Settle("sysmaster", 3).Should().Contain("is won");
        Text("/boot/grub2/grubenv").Should().HaveLength(1024).And.NotContain("next_entry").And.Contain("saved_entry=00000000-sysmaster-id-5.10.0-2\n").And.Contain("kernelopts=x\n");
        Manager().Active.Should().Be("sysmaster");
        new ManagerSlot(Tree()) { Seconds = 0 }.Use("systemd");
        Text("/boot/grub2/grubenv").Should().Contain("saved_entry=id-5.10.0-2\n");
        Directory.GetFiles(_root + "/boot/loader/entries").Should().HaveCount(2);
    }

    [Fact]
    public void A_generated_grub_menu_gets_a_copy_of_its_first_entry()
    {
        Machine();
        Put("/boot/grub2/grub.cfg", """
            if [ "${next_entry}" ] ; then
               set default="${next_entry}"
            else
               set default="${saved_entry}"
            fi
            menuentry 'openEuler (5.10.0-1) 22.03' --class os $menuentry_id_option 'gnulinux-a' {
                    load_video
                    linux   /vmlinuz-5.10.0-1 root=/dev/vda1 ro
                    initrd /initramfs-5.10.0-1.img
            }
            if [ -f  ${config_directory}/custom.cfg ]; then source ${config_directory}/custom.cfg; fi

            """);
        Put("/boot/grub2/custom.cfg", "# of the user\n");
        Put("/boot/grub2/grubenv", Environment(""));
        Manager().Use("sysmaster");
        Text("/boot/grub2/custom.cfg").Should().StartWith("# of the user\n").And.Contain("menuentry 'sysmaster' --id sysmaster {").And.Contain("linux /vmlinuz-5.10.0-1 root=/dev/vda1 ro init=/usr/lib/sysmaster/init\n");
        Text("/boot/grub2/grubenv").Should().Contain("next_entry=sysmaster\n");
        Manager().Settle("sysmaster", 3).Should().Contain("is won");
        Text("/boot/grub2/grubenv").Should().Contain("saved_entry=sysmaster\n").And.NotContain("next_entry");
        new ManagerSlot(Tree()) { Seconds = 0 }.Use("systemd");
        Text("/boot/grub2/custom.cfg").Should().Be("# of the user\n");
    }

    [Fact]
    public void A_machine_that_no_method_fits_is_told_why_of_each()
    {
        Machine();
        Action use = () => Manager().Use("sysmaster");
        use.Should().Throw<SlotException>().WithMessage("*bls: /boot/loader/entries has no entries*grub: there is no grub.cfg*link: /usr/sbin/init is not a symbolic link*");
        use = () => new ManagerSlot(Tree()) { Method = "lilo" }.Use("sysmaster");
        use.Should().Throw<SlotException>().WithMessage("*no method 'lilo'*");
    }

    public static TheoryData<string, string> Switches => new()
    {
        { "systemctl", "sysmaster" }, { "systemctl", "systemd" }, { "random-seed", "sysmaster" }, { "random-seed", "systemd" },
        { "manager", "sysmaster" }, { "manager", "systemd" },
    };

    /// <summary>At each step the machine boots and has its programs; and the same switch, asked for again, is completed.</summary>
    [Theory, MemberData(nameof(Switches))]
    public void A_switch_interrupted_at_any_step_leaves_a_machine_that_boots_and_can_be_repeated(string name, string provider)
    {
        for (int step = 0; ; step++)
        {
            Directory.Delete(_root, recursive: true);
            LinkMachine();
            Put("/usr/bin/systemctl", "theirs");
            Put("/usr/lib/sysmaster/systemctl", "ours");
            Put("/usr/lib/systemd/system/systemd-random-seed.service", "[Service]\n");
            Put("/usr/lib/sysmaster/random-seed", "ours");
            if (provider == "systemd") { Of(new SlotTree(_root), name, 0).Use("sysmaster"); }
            int n = 0;
            var tree = new SlotTree(_root) { BeforeChange = _ => { if (n++ == step) { throw new OperationCanceledException(); } } };
            try
            {
                Of(tree, name, ManagerSlot.StandardSeconds).Use(provider);
                break;
            }
            catch (OperationCanceledException)
            {
                Text("/usr/bin/systemctl").Should().BeOneOf("theirs", "ours");
                Boots();
                Of(new SlotTree(_root), name, 0).Use(provider);
                Of(new SlotTree(_root), name, 0).Active.Should().Be(provider);
                Boots();
            }
        }
    }

    /// <summary>What /sbin/init leads to is there, through the trial's two links as well.</summary>
    private void Boots()
    {
        string target = new FileInfo(_root + "/usr/sbin/init").LinkTarget!;
        if (target == "/usr/lib/sysmaster/trial-init")
        {
            File.Exists(_root + new FileInfo(_root + "/etc/sysmaster/init.previous").LinkTarget).Should().BeTrue();
            File.Exists(_root + new FileInfo(_root + "/etc/sysmaster/init.trial").LinkTarget).Should().BeTrue();
        }
        else { target.Should().BeOneOf("../lib/systemd/systemd", "../lib/sysmaster/init"); }
    }

    [Theory]
    [InlineData("5.10.0-9", "5.10.0-10")]
    [InlineData("5.9", "5.10")]
    [InlineData("a", "a1")]
    public void Versions_are_ordered_by_their_numbers(string older, string newer) => VersionOrder.Instance.Compare(older, newer).Should().BeNegative();

    private SlotTree Tree() => new(_root);

    private ManagerSlot Manager() => new(Tree());

    private Slot Named(string name) => Of(Tree(), name, ManagerSlot.StandardSeconds);

    private static Slot Of(SlotTree tree, string name, int seconds) => name == "manager" ? new ManagerSlot(tree) { Seconds = seconds } : AllSlots.Of(tree).First(slot => slot.Name == name);

    private void Machine()
    {
        Put("/usr/lib/systemd/systemd", "theirs");
        Put("/usr/lib/sysmaster/init", "ours");
        Put("/usr/lib/sysmaster/trial-init", "script");
    }

    private void LinkMachine()
    {
        Machine();
        Directory.CreateDirectory(_root + "/usr/sbin");
        File.CreateSymbolicLink(_root + "/usr/sbin/init", "../lib/systemd/systemd");
    }

    private void BlsMachine()
    {
        Machine();
        foreach (string version in (string[])["5.10.0-1", "5.10.0-2"])
        {
            Put($"/boot/loader/entries/id-{version}.conf", $"title openEuler ({version})\nversion {version}\nlinux /vmlinuz-{version}\ninitrd /initramfs-{version}.img\noptions root=/dev/vda1 ro init=/bin/old quiet\n");
        }

        Put("/boot/grub2/grubenv", Environment("saved_entry=id-5.10.0-2\nkernelopts=x\n"));
    }

    private static string Environment(string lines) => ("# GRUB Environment Block\n" + lines).PadRight(1024, '#');

    private void Put(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root + path)!);
        File.WriteAllText(_root + path, text);
    }

    private string Text(string path) => File.ReadAllText(_root + path);

    private string? Link(string path) => new FileInfo(_root + path).LinkTarget;
}
