using System.Text;
using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core.Boot;

/// <summary>
/// Makes sure the machine has an id, machine-id(5): what /etc/machine-id holds, else one from the command line, D-Bus, the container manager
/// or the hypervisor, else a random one. It is written to /etc/machine-id; where that cannot be, or on a first boot (whose id is only kept
/// once the boot has come through), it is transient: /run/machine-id, mounted over a file in /etc that says "uninitialized" or is empty.
/// </summary>
public sealed class MachineIdSetup
{
    private readonly string _root;

    /// <param name="root">A prefix of the paths; empty is this machine.</param>
    public MachineIdSetup(string root = "") => _root = root;

    /// <summary>systemd.machine_id=: an id, "firmware" or null.</summary>
    public string? Wanted { get; init; }

    public bool IsFirstBoot { get; init; }

    public Virtualization Virtualization { get; init; } = new("", "");

    /// <summary>$container_uuid of PID 1.</summary>
    public string? ContainerUuid { get; init; }

    /// <summary>For tests: do everything but mount(2).</summary>
    public bool MayMount { get; init; } = true;

    private string Etc => _root + "/etc/machine-id";

    private string Run => _root + "/run/machine-id";

    /// <summary>EROFS and the like are no failure while /run takes the id; then the error is that of /run.</summary>
    public Result<MachineIdState> Ensure()
    {
        string current = MachineIdText.ReadOrEmpty(Etc);
        bool forced = Wanted is not null and not "firmware" && Wanted != current;
        if (current.Length > 0 && !forced) { return new MachineIdState(current, MachineIdSource.Etc, IsTransient: false); }
        (string id, MachineIdSource source) = Choose();
        if (!forced && !IsFirstBoot && !Write(Etc, id + "\n", create: true).Failed)
        {
            Log.Info($"Initializing machine ID from {Word(source)}.");
            return new MachineIdState(id, source, IsTransient: false);
        }
        return MakeTransient(id, source, current);
    }

    private Result<MachineIdState> MakeTransient(string id, MachineIdSource source, string current)
    {
        if (IsFirstBoot && current.Length == 0)
        {
            // So that a first boot that is cut short is a first boot again. A read-only /etc needs no such note.
            _ = Write(Etc, "uninitialized\n", create: true);
        }
        Errno written = Write(Run, id + "\n", create: true);
        if (written.Failed) { return written; }
        Errno mounted = MayMount ? BindOverEtc() : Errno.None;
        if (mounted.Failed) { Log.Warning($"Failed to mount {Run} over {Etc}: {mounted}"); }
        Log.Info($"Using a transient machine ID, from {Word(source)}.");
        return new MachineIdState(id, source, IsTransient: true);
    }

    private (string Id, MachineIdSource Source) Choose()
    {
        if (Wanted is not null and not "firmware") { return (Wanted, MachineIdSource.CommandLine); }
        string id = MachineIdText.ReadOrEmpty(_root + "/var/lib/dbus/machine-id");
        if (id.Length > 0) { return (id, MachineIdSource.DBus); }
        if (Virtualization.IsContainer)
        {
            id = MachineIdText.FromUuidOrEmpty(ContainerUuid ?? SmallFile.FirstLineOrNull(_root + "/run/host/container-uuid"));
            if (id.Length > 0) { return (id, MachineIdSource.Container); }
        }
        else if (Wanted == "firmware" || Virtualization.Machine is "kvm" or "qemu" or "amazon" or "google")
        {
            // The bytes of a board's UUID are only unique where a hypervisor gives each machine its own.
            id = MachineIdText.FromUuidOrEmpty(SmallFile.FirstLineOrNull(_root + "/sys/class/dmi/id/product_uuid")
                ?? SmallFile.FirstLineOrNull(_root + "/proc/device-tree/vm,uuid"));
            if (id.Length > 0 && id.AsSpan().ContainsAnyExcept('f')) { return (id, MachineIdSource.Firmware); }
        }
        return (NewRandom(), MachineIdSource.Random);
    }

    /// <summary>A version 4 UUID without dashes. The kernel's pool may be young: an id that is only fairly random beats none.</summary>
    internal static string NewRandom()
    {
        Span<byte> bytes = stackalloc byte[16];
        if (Sys.Random(bytes, wait: false).Failed)
        {
            string uuid = SmallFile.FirstLineOrNull("/proc/sys/kernel/random/uuid") ?? "";
            string id = MachineIdText.FromUuidOrEmpty(uuid);
            if (id.Length > 0) { return id; }
            _ = Sys.Random(bytes, wait: true);
        }
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return Convert.ToHexStringLower(bytes);
    }

    private static Errno Write(string path, string text, bool create)
        => Sys.WriteFile(
            new ByteText(path),
            Encoding.ASCII.GetBytes(text),
            LibC.O_WRONLY | LibC.O_TRUNC | LibC.O_NOFOLLOW | (create ? LibC.O_CREAT : 0),
            0x124 /* 0444 */);

    private unsafe Errno BindOverEtc()
    {
        fixed (byte* from = new ByteText(Run).CString, to = new ByteText(Etc).CString)
        {
            if (LibC.mount(from, to, null, LibC.MS_BIND, null) < 0) { return Errno.Last; }
            nuint flags = LibC.MS_BIND | LibC.MS_RDONLY | LibC.MS_REMOUNT | LibC.MS_NOSUID | LibC.MS_NODEV | LibC.MS_NOEXEC;
            return Errno.FromResult(LibC.mount(null, to, null, flags, null));
        }
    }

    private static string Word(MachineIdSource source) => source switch
    {
        MachineIdSource.CommandLine => "the kernel command line",
        MachineIdSource.DBus => "D-Bus machine ID",
        MachineIdSource.Container => "container UUID",
        MachineIdSource.Firmware => "SMBIOS/DT UUID",
        _ => "random generator",
    };
}
