using System.Text;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.ExecutorSmoke;

/// <summary>One line a case: what is asked for, what must come of it.</summary>
internal static partial class Cases
{
    private const string Out = "/run/executor-smoke.out";
    private static int s_failed;
    private static int s_run;
    private static string s_only = "";

    private static ByteText B(string s) => (ByteText)s;

    public static int Run(string executor, string only)
    {
        s_only = only;
        using var zygote = new Zygote(executor);
        Steps(zygote);
        Process(zygote);
        Streams(zygote);
        Sandbox(zygote);
        Filters(zygote);
        Robustness(zygote, executor);
        Console.WriteLine($"1..{s_run}");
        Console.WriteLine(s_failed == 0 ? "all passed" : $"{s_failed} FAILED");
        return s_failed == 0 ? 0 : 1;
    }

    public static ExecRequest Shell(string script) => new()
    {
        Unit = B("smoke.service"),
        Path = B("/bin/sh"),
        Argv = [B("sh"), B("-c"), B(script)],
        BaseEnvironment = [B("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")],
        Flags = ExecFlags.None,
        Stdout = new ExecStream(ExecStreamKind.Truncate, B(Out)),
    };

    /// <summary>What a hardened daemon of the distribution asks for.</summary>
    public static ExecRequest Server(string program) => new()
    {
        Unit = B("server.service"),
        Path = B(program),
        BaseEnvironment = [B("PATH=/usr/bin:/bin"), B("LANG=C.UTF-8"), B("INVOCATION_ID=0123456789abcdef0123456789abcdef")],
        InvocationId = B("0123456789abcdef0123456789abcdef"),
        Keyring = ExecKeyring.Private,
        User = B("daemon"),
        PrivateTmp = true,
        PrivateTmpDirectory = B("/run/executor-smoke.tmp"),
        PrivateVarTmpDirectory = B("/run/executor-smoke.tmp"),
        ProtectSystem = ExecProtectSystem.Strict,
        ProtectHome = ExecProtectHome.Yes,
        PrivateDevices = true,
        ProtectKernelTunables = true,
        ProtectKernelModules = true,
        ProtectControlGroups = true,
        RestrictRealtime = true,
        MemoryDenyWriteExecute = true,
        LockPersonality = true,
        NoNewPrivileges = true,
        CapabilityBoundingSet = 1 << 10,
        AddressFamilies = [1, 2, 10],
        AddressFamiliesSet = true,
        AddressFamiliesIsAllowList = true,
        SystemCallFilter = [new ExecSystemCall(B("@system-service"))],
        SystemCallFilterSet = true,
        SystemCallFilterIsAllowList = true,
        SystemCallErrorNumber = 1,
        Limits = [new ExecLimit(LibC.RLIMIT_NOFILE, 1024, 524288)],
        OomScoreAdjust = 0,
    };

    private static void Case(string name, Func<string?> body)
    {
        if (s_only.Length != 0 && !name.Contains(s_only, StringComparison.Ordinal)) { return; }
        s_run++;
        string? wrong;
        try { wrong = body(); }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException or IOException) { wrong = e.Message; }
        if (wrong is not null) { s_failed++; }
        Console.WriteLine(wrong is null ? $"ok {s_run} {name}" : $"not ok {s_run} {name}: {wrong}");
    }

    /// <summary>It must execute and exit with the status; with text, print it.</summary>
    private static void Runs(Zygote z, string name, ExecRequest request, int status = 0, string? prints = null, params int[] fds) => Case(name, () =>
    {
        File.Delete(Out);
        Outcome o = z.Run(request, -1, fds);
        if (!o.Executed || o.Status != status) { return $"{o} (expected exit {status}) {Text()}"; }
        return prints is null || Text() == prints ? null : $"printed [{Text()}], expected [{prints}]";
    });

    private static void Fails(Zygote z, string name, ExecRequest request, ExecStatus status, Errno? error = null) => Case(name, () =>
    {
        Outcome o = z.Run(request);
        bool right = o.Failure is ExecFailure f && f.Kind == ExecFailureKind.Step && f.Status == status && o.Status == (int)status
            && (error is null || f.Error == error);
        return right ? null : o.ToString();
    });

    private static string Text() => File.Exists(Out) ? File.ReadAllText(Out, Encoding.UTF8).TrimEnd('\n') : "";

    private static ExecRequest With(ExecRequest request, Action<ExecRequest> change)
    {
        change(request);
        return request;
    }

    private static void Steps(Zygote z)
    {
        Runs(z, "runs /bin/true", new ExecRequest { Path = B("/bin/true") });
        Runs(z, "runs /bin/false and its status is the program's", new ExecRequest { Path = B("/bin/false") }, 1);
        Fails(z, "a missing binary is 203", new ExecRequest { Path = B("/no/such/thing") }, ExecStatus.Exec, Errno.ENOENT);
        Fails(z, "a binary without x is 203", new ExecRequest { Path = B("/etc/passwd") }, ExecStatus.Exec, Errno.EACCES);
        Fails(z, "an unknown user is 217", new ExecRequest { Path = B("/bin/true"), User = B("nobodyhere") }, ExecStatus.User);
        Fails(z, "an unknown group is 216", new ExecRequest { Path = B("/bin/true"), Group = B("nobodyhere") }, ExecStatus.Group);
        Fails(z, "a missing working directory is 200", new ExecRequest { Path = B("/bin/true"), WorkingDirectory = B("/no/dir") }, ExecStatus.Chdir, Errno.ENOENT);
        Runs(z, "… unless that is fine", With(Shell("pwd"), r => { r.WorkingDirectory = B("/no/dir"); r.WorkingDirectoryMissingOk = true; }), 0, "/");
        Fails(z, "input from a missing file is 208", new ExecRequest { Path = B("/bin/true"), Stdin = new(ExecStreamKind.File, B("/no/file")) }, ExecStatus.Stdin);
        Fails(z, "output into a missing directory is 209", new ExecRequest { Path = B("/bin/true"), Stdout = new(ExecStreamKind.File, B("/no/file")) }, ExecStatus.Stdout);
        Fails(z, "a missing path of ReadWritePaths= is 226", new ExecRequest { Path = B("/bin/true"), ReadWritePaths = [B("/no/dir")] }, ExecStatus.Namespace);
        Case("a missing binary with the prefix - is success", () =>
        {
            Outcome o = z.Run(new ExecRequest { Path = B("/no/such/thing"), Flags = ExecFlags.IgnoreFailure });
            return o.Status == 0 && o.Code == LibC.CLD_EXITED ? null : o.ToString();
        });
        Case("nothing runs before go, and without a core never", () =>
        {
            File.Delete(Out);
            uint ticket = z.Link.Spawn(Shell("echo ran"), Fd.None, []).Value;
            Outcome o = z.Of(ticket);
            z.Until(() => o.Pid != 0, "started");
            z.Link.Cancel(ticket);
            o.Reap();
            return o.Status == 0 && !File.Exists(Out) || Text().Length == 0 ? null : $"{o} {Text()}";
        });
    }
}
