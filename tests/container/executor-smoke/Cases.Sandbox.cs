using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.ExecutorSmoke;

internal static unsafe partial class Cases
{
    private static void Sandbox(Zygote z)
    {
        const string Probe = "for d in /usr /etc /var /run /tmp /root; do if touch $d/.smoke 2>/dev/null; then rm $d/.smoke; echo $d; fi; done";
        Runs(z, "ProtectSystem=yes", With(Shell(Probe), r => r.ProtectSystem = ExecProtectSystem.Yes), 0, "/etc\n/var\n/run\n/tmp\n/root");
        Runs(z, "ProtectSystem=full", With(Shell(Probe), r => r.ProtectSystem = ExecProtectSystem.Full), 0, "/var\n/run\n/tmp\n/root");
        Runs(z, "ProtectSystem=strict with exceptions", With(Shell(Probe + "; touch /var/lib/.smoke 2>/dev/null || echo var-lib-ro"), r =>
        {
            r.ProtectSystem = ExecProtectSystem.Strict;
            r.ReadWritePaths = [B("/var"), B("-/no/dir")];
            r.ReadOnlyPaths = [B("/var/lib")];
        }), 0, "/var\n/root\nvar-lib-ro");
        Runs(z, "writable inside read-only inside writable", With(Shell("for d in / /run /run/smoke-n /run/smoke-n/a; do touch $d/.s 2>/dev/null && echo $d; done; true"), r =>
        {
            _ = Directory.CreateDirectory("/run/smoke-n/a");
            r.ProtectSystem = ExecProtectSystem.Strict;
            r.ReadWritePaths = [B("/run"), B("/run/smoke-n/a")];
            r.ReadOnlyPaths = [B("/run/smoke-n")];
        }), 0, "/run\n/run/smoke-n/a");
        Runs(z, "a state directory stays writable", With(Shell("touch $STATE_DIRECTORY/x && echo yes"), r =>
        {
            r.ProtectSystem = ExecProtectSystem.Strict;
            r.Directories = [new(ExecDirectoryKind.State, B("smoke-rw"), 0x1ED, [])];
            r.DirectoryBases = [B("/run"), B("/run/smoke-state")];
        }), 0, "yes");
        Runs(z, "ProtectHome=yes", With(Shell("ls /root 2>&1 | grep -c . ; stat -c %a /root"), r => r.ProtectHome = ExecProtectHome.Yes), 0, "0\n0");
        Runs(z, "ProtectHome=tmpfs", With(Shell("ls -A /root | wc -l; touch /root/x 2>/dev/null || echo ro"), r => r.ProtectHome = ExecProtectHome.Tmpfs), 0, "0\nro");
        Runs(z, "PrivateTmp", With(Shell("ls -A /tmp | wc -l; touch /tmp/mine /var/tmp/mine; stat -c %a /tmp; ls /tmp"), r => r.PrivateTmp = true), 0, "0\n1777\nmine");
        Case("… and its directories are where systemd has them", () =>
            Directory.GetDirectories("/tmp", "systemd-private-*-smoke.service-*").Length > 0 && Directory.GetDirectories("/var/tmp", "systemd-private-*-smoke.service-*").Length > 0 ? null : "none");
        Runs(z, "PrivateDevices", With(Shell("ls /dev | tr '\\n' ' '; echo x > /dev/null && head -c1 /dev/zero | wc -c; touch /dev/x 2>/dev/null || echo ro; touch /dev/shm/x && echo shm"), r =>
            r.PrivateDevices = true), 0, null);
        Runs(z, "PrivateDevices: terminals stay, disks go", With(Shell("test -e /dev/pts && test -c /dev/null && test ! -e /dev/vda && test ! -e /dev/kmsg && test ! -e /dev/mem && echo right"), r =>
            r.PrivateDevices = true), 0, "right");
        Runs(z, "PrivateNetwork has a loopback that is up", With(Shell("cat /proc/net/dev | grep -c :; cat /sys/class/net/lo/flags"), r => r.PrivateNetwork = true), 0, "1\n0x9");
        Runs(z, "PrivateIPC", With(Shell("readlink /proc/self/ns/ipc | tr -dc 0-9 | xargs test $OUTER != && echo other"), r =>
        {
            r.PrivateIpc = true;
            r.Environment = [B("OUTER=" + new string([.. Sys.ReadLink(B("/proc/self/ns/ipc")).Value.ToString().Where(char.IsDigit)]))];
        }), 0, "other");
        Runs(z, "PrivateUsers", With(Shell("id -u; wc -l < /proc/self/uid_map; stat -c %u /usr"), r => { r.PrivateUsers = true; r.User = B("daemon"); }), 0, "1\n2\n0");
        Runs(z, "ProtectHostname", With(Shell("hostname smoke 2>/dev/null || echo no"), r => r.ProtectHostname = true), 0, "no");
        Runs(z, "ProtectKernelTunables", With(Shell("touch /proc/sys/kernel/domainname 2>/dev/null || echo no; echo x 2>/dev/null > /proc/sys/kernel/domainname || echo no; head -c1 /proc/kallsyms 2>/dev/null | wc -c"), r =>
            r.ProtectKernelTunables = true), 0, "no\nno\n0");
        Runs(z, "ProtectKernelLogs with PrivateDevices", With(Shell("test -e /dev/kmsg || echo none; head -c1 /proc/kmsg 2>/dev/null | wc -c"), r => r.PrivateDevices = r.ProtectKernelLogs = true), 0, "none\n0");
        Runs(z, "ProtectProc=invisible", With(Shell("ls -d /proc/1 2>/dev/null; ls -d /proc/self"), r => { r.ProtectProc = ExecProtectProc.Invisible; r.User = B("daemon"); r.ProcSubsetPid = true; }), 0, "/proc/self");
        Runs(z, "InaccessiblePaths", With(Shell("cat /etc/passwd 2>/dev/null | wc -c; ls /usr/share 2>/dev/null | wc -l"), r =>
        {
            r.User = B("daemon");
            r.InaccessiblePaths = [B("/etc/passwd"), B("/usr/share")];
        }), 0, "0\n0");
        Runs(z, "BindPaths and BindReadOnlyPaths", With(Shell("cat /mnt/b/hostname >/dev/null && touch /mnt/a/.t && echo a; touch /mnt/b/.t 2>/dev/null || echo b-ro"), r =>
            r.Binds = [new(B("/run"), B("/mnt/a"), false, false, true), new(B("/etc"), B("/mnt/b"), true, false, true), new(B("/no"), B("/mnt/c"), true, true, true)]), 0, "a\nb-ro");
        Runs(z, "TemporaryFileSystem", With(Shell("ls -A /srv | wc -l; touch /srv/x && stat -f -c %T /srv"), r => r.TemporaryFileSystems = [new(B("/srv"), B("size=1m,mode=0700"))]), 0, "0\ntmpfs");
        Runs(z, "NoExecPaths and ExecPaths", With(Shell("cp /bin/true /run/smoke-x; /run/smoke-x 2>/dev/null || echo noexec; /usr/bin/true && echo exec"), r =>
        {
            r.NoExecPaths = [B("/run")];
            r.ExecPaths = [B("/usr")];
        }), 0, "noexec\nexec");
        Runs(z, "RootDirectory", With(Shell("ls / | tr '\\n' ' '; touch /x && echo written"), r =>
        {
            Root();
            r.RootDirectory = B("/run/smoke-root");
        }), 0, null);
        Runs(z, "RootDirectory with API file systems and binds", With(Shell("test -e /proc/self/status && test -c /dev/null && test -d /sys/kernel && cat /data/hostname > /dev/null && echo whole"), r =>
        {
            Root();
            r.RootDirectory = B("/run/smoke-root");
            r.MountApiVfs = true;
            r.ProtectSystem = ExecProtectSystem.Strict;
            r.Binds = [new(B("/etc"), B("/data"), true, false, true)];
        }), 0, "whole");
        Runs(z, "the host's mounts are as before", With(Shell("touch /usr/.smoke && rm /usr/.smoke && echo rw"), _ => { }), 0, "rw");
        Runs(z, "the whole of a hardened server", With(Server("/bin/sh"), r =>
        {
            r.Argv = [B("sh"), B("-c"), B("id -u; test -w /usr || echo ro")];
            r.Stdout = new(ExecStreamKind.Truncate, B(Out));
        }), 0, "1\nro");
    }

    /// <summary>A root of binds: the machine's programs below another top.</summary>
    private static void Root()
    {
        foreach (string d in (string[])["usr", "proc", "dev", "sys", "run", "tmp"]) { _ = Directory.CreateDirectory("/run/smoke-root/" + d); }
        foreach (string l in (string[])["bin", "lib", "lib64", "sbin"])
        {
            if (!Path.Exists("/run/smoke-root/" + l)) { _ = File.CreateSymbolicLink("/run/smoke-root/" + l, "usr/" + l); }
        }
        if (Directory.Exists("/run/smoke-root/usr/bin")) { return; }
        fixed (byte* from = "/usr\0"u8, to = "/run/smoke-root/usr\0"u8) { Zygote.Must(LibC.mount(from, to, null, LibC.MS_BIND, null), "bind /usr"); }
    }
}
