using SysMaster.TestRigs;

namespace SysMaster.Vm.Tests;

/// <summary>
/// A virtual machine that keeps its disk from one boot to the next. The tree is on it as the packages lay it, nothing is switched, and /sbin/init
/// decides who is PID 1.
/// </summary>
internal sealed class KeptMachine : IDisposable
{
    private readonly string _folder = Path.Combine(Shell.Root, "out", "kept-" + Guid.NewGuid().ToString("N")[..8]);
    private Machine? _machine;

    private readonly string _root;

    private readonly string[] _always;

    /// <param name="root">A profile of tests/rootfs.</param>
    /// <param name="loader">With a boot loader: the root file system is a partition, /boot has a kernel and an initrd, and the first boot is without either.</param>
    /// <param name="words">Of the kernel command line, at each boot that is not from the disk.</param>
    public KeptMachine(string root = "minimal", bool loader = false, string words = "")
    {
        _root = root;
        _always = words.Length > 0 ? ["--append", words] : [];
        Outcome laid = Shell.Run("bash", ["-c", $"""
            set -e; mkdir -p '{_folder}'; cd '{Shell.Root}'
            cp -a out/root '{_folder}/payload'; rm '{_folder}/payload/usr/lib/systemd/systemd'
            cp -a packaging/rpm/files/. '{_folder}/payload/'; mkdir -p '{_folder}/payload/etc/sysmaster' '{_folder}/payload/usr/share/selinux/packages'
            cp packaging/selinux/sysmaster.cil '{_folder}/payload/usr/share/selinux/packages/'
            """], 60);
        laid.Code.Should().Be(0, "{0}", laid);
        if (loader) { Partition(); }
        On(["--overlay", Path.Combine(_folder, "payload"), .. loader ? (string[])["--append", "rig.root=" + FirstPartition] : []]);
    }

    public const string FirstPartition = "/dev/nvme0n1p1";

    /// <summary>A partition table of one line, and in it the root file system; the space before it is GRUB's.</summary>
    private void Partition()
    {
        Outcome made = Shell.Run("bash", ["-c", $$"""
            set -e; cd '{{Shell.Root}}'
            image=$(tests/rootfs/rootfs image {{_root}}) kernel=$(tests/rootfs/rootfs kernel)
            cp --sparse=always "$image" '{{Disk}}.root'; tune2fs -O has_journal '{{Disk}}.root' >/dev/null
            { head -c 1M /dev/zero; cat '{{Disk}}.root'; } | cp --sparse=always /dev/stdin '{{Disk}}'; rm '{{Disk}}.root'
            byte() { printf "\\x$(printf %02x $(($1 >> $2 & 255)))"; }
            sectors=$(($(stat -c %s "$image") / 512))
            { printf '\x80\0\0\0\x83\0\0\0\0\x08\0\0'; for shift in 0 8 16 24; do byte $sectors $shift; done; } | dd of='{{Disk}}' bs=1 seek=446 conv=notrunc status=none
            printf '\x55\xaa' | dd of='{{Disk}}' bs=1 seek=510 conv=notrunc status=none
            version=$(basename $kernel/modules/*); mkdir -p '{{_folder}}/payload/boot'
            cp "$kernel/vmlinuz" "{{_folder}}/payload/boot/vmlinuz-$version"
            tests/vm/rig initrd "{{_folder}}/payload/boot/initrd.img-$version"
            """], 1500);
        made.Code.Should().Be(0, "{0}", made);
    }

    private string Disk => Path.Combine(_folder, "disk");

    public Machine Machine => _machine ?? throw new InvalidOperationException("It is switched off.");

    public string Must(string command, int seconds = 120) => Machine.Must(command, seconds);

    /// <summary>Who is PID 1.</summary>
    public string Running => Must("basename $(dirname $(readlink /proc/1/exe))");

    /// <summary>Switches it on.</summary>
    public void On(params string[] options) => _machine = Machine.Boot(true, "/sbin/init", _root, ["--keep", Disk, .. _always, .. options]);

    /// <summary>In the orderly way, which it must manage.</summary>
    public void Off()
    {
        Outcome ended = Machine.PowerOff(120);
        ended.Code.Should().Be(0, "{0}", ended);
        _machine = null;
    }

    /// <summary>Pulls the plug.</summary>
    public void Cut()
    {
        Machine.Cut();
        _machine = null;
    }

    /// <summary>What debugfs(8) answers of the disk of the machine that is switched off.</summary>
    public string Read(string request)
    {
        Outcome read = Shell.Run("debugfs", ["-R", request, Disk], 60);
        read.Code.Should().Be(0, "{0}", read);
        return read.Output;
    }

    public void Dispose()
    {
        _machine?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
