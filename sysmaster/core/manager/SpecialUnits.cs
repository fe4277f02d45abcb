using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>Units that the manager itself names. systemd.special(7).</summary>
public static class SpecialUnits
{
    public static readonly UnitName Default = UnitName.Parse("default.target");
    public static readonly UnitName Basic = UnitName.Parse("basic.target");
    public static readonly UnitName Sysinit = UnitName.Parse("sysinit.target");
    public static readonly UnitName Shutdown = UnitName.Parse("shutdown.target");
    public static readonly UnitName Umount = UnitName.Parse("umount.target");
    public static readonly UnitName Rescue = UnitName.Parse("rescue.target");
    public static readonly UnitName Emergency = UnitName.Parse("emergency.target");
    public static readonly UnitName Reboot = UnitName.Parse("reboot.target");
    public static readonly UnitName Poweroff = UnitName.Parse("poweroff.target");
    public static readonly UnitName Halt = UnitName.Parse("halt.target");
    public static readonly UnitName Kexec = UnitName.Parse("kexec.target");
    public static readonly UnitName SoftReboot = UnitName.Parse("soft-reboot.target");
    public static readonly UnitName Exit = UnitName.Parse("exit.target");
    public static readonly UnitName CtrlAltDel = UnitName.Parse("ctrl-alt-del.target");
    public static readonly UnitName KbRequest = UnitName.Parse("kbrequest.target");
    public static readonly UnitName SigPwr = UnitName.Parse("sigpwr.target");
    public static readonly UnitName LocalFs = UnitName.Parse("local-fs.target");
    public static readonly UnitName LocalFsPre = UnitName.Parse("local-fs-pre.target");
    public static readonly UnitName RemoteFs = UnitName.Parse("remote-fs.target");
    public static readonly UnitName RemoteFsPre = UnitName.Parse("remote-fs-pre.target");
    public static readonly UnitName NetworkOnline = UnitName.Parse("network-online.target");
    public static readonly UnitName Network = UnitName.Parse("network.target");
    public static readonly UnitName Swap = UnitName.Parse("swap.target");
    public static readonly UnitName Sockets = UnitName.Parse("sockets.target");
    public static readonly UnitName Timers = UnitName.Parse("timers.target");
    public static readonly UnitName Paths = UnitName.Parse("paths.target");
    public static readonly UnitName Slices = UnitName.Parse("slices.target");
    public static readonly UnitName TimeSync = UnitName.Parse("time-sync.target");
    public static readonly UnitName TimeSet = UnitName.Parse("time-set.target");
    public static readonly UnitName RootSlice = UnitName.Parse("-.slice");
    public static readonly UnitName SystemSlice = UnitName.Parse("system.slice");
    public static readonly UnitName UserSlice = UnitName.Parse("user.slice");
    public static readonly UnitName AppSlice = UnitName.Parse("app.slice");
    public static readonly UnitName InitScope = UnitName.Parse("init.scope");
    public static readonly UnitName RootMount = UnitName.Parse("-.mount");
    public static readonly UnitName DbusSocket = UnitName.Parse("dbus.socket");
    public static readonly UnitName DbusService = UnitName.Parse("dbus.service");
    public static readonly UnitName JournaldSocket = UnitName.Parse("systemd-journald.socket");
    public static readonly UnitName JournaldService = UnitName.Parse("systemd-journald.service");
    public static readonly UnitName Udevd = UnitName.Parse("systemd-udevd.service");
}
