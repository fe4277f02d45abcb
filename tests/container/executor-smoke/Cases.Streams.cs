using System.Text;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.ExecutorSmoke;

internal static unsafe partial class Cases
{
    private static void Streams(Zygote z)
    {
        Runs(z, "input is data", With(Shell("cat"), r => { r.Stdin = new(ExecStreamKind.Data); r.StdinData = Encoding.ASCII.GetBytes("given\n"); }), 0, "given");
        Runs(z, "input is a file", With(Shell("head -c 4"), r => r.Stdin = new(ExecStreamKind.File, B("/etc/passwd"))), 0, "root");
        Case("output is appended", () =>
        {
            File.WriteAllText(Out, "a\n");
            _ = z.Run(With(Shell("echo b"), r => r.Stdout = new(ExecStreamKind.Append, B(Out))));
            return Text() == "a\nb" ? null : Text();
        });
        Runs(z, "error follows output", With(Shell("echo e >&2"), _ => { }), 0, "e");
        Runs(z, "error to /dev/null", With(Shell("echo e >&2; echo o"), r => r.Stderr = new(ExecStreamKind.Null)), 0, "o");
        Journal(z);

        int* pair = stackalloc int[2];
        Zygote.Must(LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0, pair), "socketpair");
        int a = pair[0];
        int b = pair[1];
        Runs(z, "descriptors are passed", With(Shell("echo $LISTEN_FDS $LISTEN_FDNAMES; test $LISTEN_PID = $$ && echo mine; ls /proc/$$/fd; true"), r =>
        {
            r.SocketFds = 1;
            r.StoredFds = 1;
            r.FdNames = [B("web"), B("kept")];
            r.NonBlocking = true;
        }), 0, "2 web:kept\nmine\n0\n1\n2\n3\n4", a, b);
        int[] many = new int[600];
        Array.Fill(many, a);
        Runs(z, "six hundred descriptors", With(Shell("echo $LISTEN_FDS; ls -l /proc/$$/fd > /run/smoke-fds; grep -c socket /run/smoke-fds"), r =>
        {
            r.SocketFds = 600;
            r.FdNames = [.. Enumerable.Repeat(B("x"), 600)];
        }), 0, "600\n600", many);
        Case("standard input and output are a socket", () =>
        {
            _ = z.Run(With(Shell("echo over the socket"), r =>
            {
                r.Stdin = new(ExecStreamKind.Socket);
                r.Stdout = new(ExecStreamKind.Inherit);
                r.StdioSocket = 0;
            }), -1, b);
            byte* buffer = stackalloc byte[64];
            nint n = LibC.recv(a, buffer, 64, LibC.MSG_DONTWAIT);
            string got = n > 0 ? Encoding.ASCII.GetString(buffer, (int)n) : "";
            return got == "over the socket\n" ? null : got;
        });
        Runs(z, "a request of a megabyte", With(Shell("echo ${#BIG}"), r =>
            r.Environment = [B("BIG=" + new string('x', 100_000)), .. Enumerable.Range(0, 9).Select(i => B($"BIG{i}=" + new string('y', 100_000)))]), 0, "100000");
    }

    /// <summary>A listener in journald's place: reads the head of the stream and its first line.</summary>
    private static void Journal(Zygote z) => Case("a journal stream and its header", () =>
    {
        const string Path = "/run/executor-smoke.journal";
        File.Delete(Path);
        int listener = LibC.socket(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0);
        byte* address = stackalloc byte[110];
        new Span<byte>(address, 110).Clear();
        *(ushort*)address = LibC.AF_UNIX;
        Encoding.ASCII.GetBytes(Path).CopyTo(new Span<byte>(address + 2, 108));
        Zygote.Must(LibC.bind(listener, address, 110), "bind");
        Zygote.Must(LibC.listen(listener, 5), "listen");
        fixed (byte* path = B(Path).CString) { Zygote.Must(LibC.fchmodat(LibC.AT_FDCWD, path, 0x1B6, 0), "chmod"); }
        Outcome o = z.Run(With(Shell("echo $JOURNAL_STREAM"), r =>
        {
            r.User = B("daemon");
            r.JournalSocket = B(Path);
            r.Stdout = new(ExecStreamKind.JournalAndConsole);
            r.SyslogIdentifier = B("ident");
        }));
        int peer = LibC.accept4(listener, null, null, 0);
        ucred who;
        uint size = (uint)sizeof(ucred);
        _ = LibC.getsockopt(peer, LibC.SOL_SOCKET, LibC.SO_PEERCRED, &who, &size);
        byte[] all = Sys.ReadToEnd(new Fd(peer)).Value;
        string[] lines = Encoding.ASCII.GetString(all).Split('\n');
        string head = string.Join('|', lines.Take(7));
        _ = LibC.close(listener);
        _ = LibC.close(peer);
        return o.Status == 0 && head == "ident|smoke.service|30|1|0|0|1" && who.uid == 1 && lines[7].Contains(':', StringComparison.Ordinal) ? null : $"{o} {head} uid {who.uid} [{lines[7]}]";
    });
}
