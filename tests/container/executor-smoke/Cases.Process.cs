using System.Text;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.ExecutorSmoke;

internal static partial class Cases
{
    private static void Process(Zygote z)
    {
        Runs(z, "environment: the unit's over ours over the manager's", With(Shell("echo $A-$HOME-$USER-$LOGNAME"), r =>
        {
            r.BaseEnvironment = [B("A=1"), B("HOME=/manager"), B("PATH=/bin:/usr/bin")];
            r.Environment = [B("A=2"), B("LOGNAME=mine")];
            r.User = B("root");
        }), 0, "2-/root-root-mine");
        Runs(z, "unset environment", With(Shell("echo $A-$B"), r =>
        {
            r.Environment = [B("A=1"), B("B=2")];
            r.UnsetEnvironment = [B("A"), B("B=3")];
        }), 0, "-2");
        Runs(z, "arguments are expanded", new ExecRequest
        {
            Path = B("/usr/bin/printf"),
            Argv = [B("printf"), B("<%s>"), B("$W"), B("${W}"), B("a${X}b"), B("$NONE"), B("$$W"), B("c$Wd")],
            Environment = [B("W=one 'two three'"), B("X=x")],
            Stdout = new(ExecStreamKind.Truncate, B(Out)),
        }, 0, "<one><two three><one 'two three'><axb><$W><c$Wd>");
        Runs(z, "a bare name is looked for", With(Shell("echo found"), r => { r.Path = B("sh"); r.SearchPath = [B("/no/dir"), B("/bin")]; }), 0, "found");
        Runs(z, "user, group, supplementary groups", With(Shell("id -u; id -g; id -G"), r =>
        {
            r.User = B("daemon");
            r.SupplementaryGroups = [B("adm"), B("1234")];
        }), 0, "1\n1\n1 4 1234");
        Runs(z, "! keeps root", With(Shell("id -u"), r => { r.User = B("daemon"); r.Flags = ExecFlags.NoSetuid; }), 0, "0");
        Runs(z, "+ keeps root and sees everything", With(Shell("id -u; test -w /usr && echo rw"), r =>
        {
            r.User = B("daemon");
            r.ProtectSystem = ExecProtectSystem.Strict;
            r.Flags = ExecFlags.FullyPrivileged;
        }), 0, "0\nrw");
        Runs(z, "dynamic user", With(Shell("id -u; id -g; echo $USER"), r => { r.DynamicUid = 61234; r.User = B("dyn"); }), 0, "61234\n61234\ndyn");
        Runs(z, "umask", With(Shell("umask"), r => r.Umask = 0x3F), 0, "0077");
        Runs(z, "umask through a mount namespace", With(Shell("umask"), r => { r.Umask = 0x17; r.PrivateTmp = r.PrivateDevices = true; }), 0, "0027");
        Runs(z, "limits", With(Shell("ulimit -n; ulimit -c; ulimit -v"), r =>
            r.Limits = [new(LibC.RLIMIT_NOFILE, 100, 200), new(LibC.RLIMIT_CORE, 0, 0), new(LibC.RLIMIT_AS, 40 << 20, 40 << 20)]), 0, "100\n0\n40960");
        Runs(z, "nice, OOM score, scheduling", With(Shell("nice; cat /proc/self/oom_score_adj; chrt -p $$ | head -1 | sed 's/.*: //'"), r =>
        {
            r.Nice = 5;
            r.OomScoreAdjust = 300;
            r.CpuPolicy = 3;
        }), 0, "5\n300\nSCHED_BATCH");
        Runs(z, "a session and signals of its own", With(Shell("ps -o sid= -p $$ | tr -d ' ' | grep -qx $$ && echo leader; grep -E '^Sig(Blk|Ign)' /proc/self/status"), _ => { }),
            0, "leader\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000001000");
        Runs(z, "SIGPIPE as the unit wants it", With(Shell("grep '^SigIgn' /proc/self/status"), r => r.IgnoreSigpipe = false), 0, "SigIgn:\t0000000000000000");
        Runs(z, "no stray descriptors", With(Shell("ls /proc/self/fd | tr '\\n' ' '"), _ => { }), 0, "0 1 2 3 ");
        Runs(z, "capability bounding set", With(Shell("grep ^CapBnd /proc/self/status"), r => r.CapabilityBoundingSet = 0x401), 0, "CapBnd:\t0000000000000401");
        Runs(z, "ambient capabilities of a user", With(Shell("grep -E '^Cap(Eff|Amb)' /proc/self/status"), r =>
        {
            r.User = B("daemon");
            r.AmbientCapabilities = 0x400;
        }), 0, "CapEff:\t0000000000000400\nCapAmb:\t0000000000000400");
        Runs(z, "no new privileges", With(Shell("grep ^NoNewPrivs /proc/self/status"), r => r.NoNewPrivileges = true), 0, "NoNewPrivs:\t1");
        Runs(z, "secure bits", With(Shell("echo ok"), r => r.SecureBits = 0x1), 0, "ok");
        Runs(z, "a keyring of its own", With(Shell("echo ok"), r => { r.Keyring = ExecKeyring.Shared; r.InvocationId = B("0123456789abcdef0123456789abcdef"); }), 0, "ok");
        Runs(z, "runtime and state directories", With(Shell("echo $RUNTIME_DIRECTORY $STATE_DIRECTORY; stat -c '%U %a' /run/smoke-rt/a"), r =>
        {
            r.User = B("daemon");
            r.Directories =
            [
                new(ExecDirectoryKind.Runtime, B("smoke-rt/a"), 0x1E8, []), new(ExecDirectoryKind.Runtime, B("smoke-rt/b"), 0x1E8, []),
                new(ExecDirectoryKind.State, B("smoke-st"), 0x1ED, [B("smoke-link")]),
            ];
            r.DirectoryBases = [B("/run"), B("/run/smoke-state"), B("/var/cache"), B("/var/log"), B("/etc")];
        }), 0, "/run/smoke-rt/a:/run/smoke-rt/b /run/smoke-state/smoke-st\ndaemon 750");
        Runs(z, "state directory of a dynamic user is private", With(Shell("readlink /run/smoke-state/dyn; stat -Lc %u /run/smoke-state/dyn; stat -c %a /run/smoke-state/private"), r =>
        {
            r.DynamicUid = 61234;
            r.User = B("dyn");
            r.Flags = ExecFlags.FullyPrivileged;
            r.Directories = [new(ExecDirectoryKind.State, B("dyn"), 0x1ED, [])];
            r.DirectoryBases = [B("/run"), B("/run/smoke-state")];
        }), 0, "private/dyn\n61234\n700");
        Runs(z, "credentials", With(Shell("cd $CREDENTIALS_DIRECTORY; pwd; cat a b; stat -c '%U %a' a; touch c 2>/dev/null || echo sealed"), r =>
        {
            File.WriteAllText("/run/smoke.cred", "loaded\n");
            r.User = B("daemon");
            r.Flags = ExecFlags.WriteCredentials;
            r.Credentials = [new(B("a"), default, Encoding.ASCII.GetBytes("set\n")), new(B("b"), B("/run/smoke.cred"), [])];
            r.CredentialsDirectory = B("/run/credentials/smoke.service");
        }), 0, "/run/credentials/smoke.service\nset\nloaded\ndaemon 400\nsealed");
        Fails(z, "a credential that is missing is 243", With(Shell("true"), r =>
        {
            r.Flags = ExecFlags.WriteCredentials;
            r.Credentials = [new(B("b"), B("/no/cred"), [])];
            r.CredentialsDirectory = B("/run/credentials/smoke.service");
        }), ExecStatus.Credentials);
        Pam(z);
    }

    private static void Pam(Zygote z)
    {
        File.WriteAllText("/etc/pam.d/executor-smoke", "account required pam_permit.so\nsession required pam_permit.so\nsession optional pam_env.so readenv=0\n");
        Runs(z, "a PAM session has a holder", With(Shell("sleep 0.1; ps -o comm= --ppid $$ | head -1; echo $KEPT"), r =>
        {
            r.User = B("daemon");
            r.PamName = B("executor-smoke");
            r.Environment = [B("KEPT=yes")];
        }), 0, "(sd-pam)\nyes");
        File.WriteAllText("/etc/pam.d/executor-smoke-deny", "account required pam_deny.so\n");
        Fails(z, "a PAM refusal is 224", With(Shell("true"), r => { r.User = B("daemon"); r.PamName = B("executor-smoke-deny"); }), ExecStatus.Pam);
    }
}
