using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.ExecutorSmoke;

internal static partial class Cases
{
    private static void Filters(Zygote z)
    {
        Runs(z, "an allow list with an errno", With(Shell("echo in; sync || true; setarch -R true 2>/dev/null || echo refused"), r =>
        {
            r.SystemCallFilterSet = r.SystemCallFilterIsAllowList = true;
            r.SystemCallFilter = [new(B("@system-service")), new(B("personality"), -1, true)];
            r.SystemCallErrorNumber = 1;
        }), 0, "in\nrefused");
        Case("an allow list that kills", () =>
        {
            Outcome o = z.Run(With(Shell("mkdir /run/smoke-killed; exit $?"), r =>
            {
                r.SystemCallFilterSet = r.SystemCallFilterIsAllowList = true;
                r.SystemCallFilter = [new(B("@system-service")), new(B("mkdir"), -1, true), new(B("mkdirat"), -1, true)];
            }));
            return o.Executed && o.Status == 159 ? null : o.ToString();   // the shell says 128 + SIGSYS of mkdir
        });
        Runs(z, "a deny list", With(Shell("mkdir /run/smoke-denied 2>&1 | sed 's/.*: //'"), r =>
        {
            r.SystemCallFilterSet = true;
            r.SystemCallFilter = [new(B("mkdir"), 13), new(B("mkdirat"), 13)];
        }), 0, "Permission denied");
        Runs(z, "RestrictAddressFamilies", With(Shell("python3 -c 'import socket\nsocket.socket(socket.AF_UNIX)\ntry: socket.socket(socket.AF_INET)\nexcept OSError as e: print(e.errno)'"), r =>
        {
            r.AddressFamiliesSet = r.AddressFamiliesIsAllowList = true;
            r.AddressFamilies = [1];
        }), 0, "97");
        Runs(z, "RestrictNamespaces", With(Shell("unshare -n true 2>/dev/null || echo no; unshare -u true && echo uts"), r => r.AllowedNamespaces = LibC.CLONE_NEWUTS), 0, "no\nuts");
        Runs(z, "RestrictRealtime", With(Shell("chrt -f 1 true 2>/dev/null || echo no; chrt -b 0 true && echo batch"), r => r.RestrictRealtime = true), 0, "no\nbatch");
        Runs(z, "RestrictSUIDSGID", With(Shell("touch /run/smoke-s; chmod u+s /run/smoke-s 2>/dev/null || echo no; chmod 755 /run/smoke-s && echo plain"), r => r.RestrictSuidSgid = true), 0, "no\nplain");
        Runs(z, "MemoryDenyWriteExecute", With(Shell("python3 -c 'import mmap\ntry: mmap.mmap(-1, 4096, prot=7)\nexcept PermissionError: print(\"no\")'"), r => r.MemoryDenyWriteExecute = true), 0, "no");
        Runs(z, "LockPersonality", With(Shell("setarch -R true 2>/dev/null || echo no"), r => r.LockPersonality = true), 0, "no");
        Runs(z, "SystemCallArchitectures=native", With(Shell("echo ok"), r => r.SystemCallArchitectures = [B("native")]), 0, "ok");
        Runs(z, "filters of a user bring no new privileges", With(Shell("grep ^NoNewPrivs /proc/self/status"), r => { r.User = B("daemon"); r.RestrictRealtime = true; }), 0, "NoNewPrivs:\t1");
    }

    private static void Robustness(Zygote z, string executor)
    {
        Case("five hundred at once", () =>
        {
            var tickets = new List<uint>();
            for (int i = 0; i < 500; i++) { tickets.Add(z.Link.Spawn(new ExecRequest { Path = B("/bin/true") }, Fd.None, []).Value); }
            var left = new HashSet<uint>(tickets);
            z.Until(() =>
            {
                foreach (uint ticket in tickets)
                {
                    Outcome o = z.Of(ticket);
                    if (o.Pid != 0 && left.Remove(ticket)) { _ = z.Link.Go(ticket); }
                }
                return tickets.TrueForAll(t => z.Of(t).Over);
            }, "all executed");
            foreach (uint ticket in tickets) { z.Of(ticket).Reap(); }
            return tickets.TrueForAll(t => z.Of(t).Executed && z.Of(t).Status == 0) ? null : "some failed";
        });
        Case("the executor keeps no descriptors and has one thread", () =>
        {
            int fds = Directory.GetFiles($"/proc/{z.Pid}/fd").Length;
            int threads = Directory.GetDirectories($"/proc/{z.Pid}/task").Length;
            return fds == 4 && threads == 1 ? null : $"{fds} descriptors, {threads} threads";
        });
        Case("a core that is gone ends it", () =>
        {
            var other = new Zygote(executor);
            var o = new Outcome { Pid = other.Pid };
            other.Dispose();
            o.Reap();
            return o.Code == LibC.CLD_EXITED && o.Status == 0 ? null : o.ToString();
        });
    }
}
