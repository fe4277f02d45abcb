using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Spawn.Tests.Exec;

/// <summary>A request with nothing at its default, and a look at what was written.</summary>
internal static class ExecRequestSamples
{
    private static ByteText B(string s) => (ByteText)s;

    public static ExecRequest Everything() => new()
    {
        Unit = B("a.service"), Path = B("/bin/a"), Argv = [B("a"), B(""), B("b c")], BaseEnvironment = [B("A=1")], Environment = [B("B=2")],
        UnsetEnvironment = [B("C")], SearchPath = [B("/bin")], Flags = ExecFlags.NoSetuid | ExecFlags.Control, InvocationId = B("00112233445566778899aabbccddeeff"),
        WorkingDirectory = B("/w"), WorkingDirectoryHome = true, WorkingDirectoryMissingOk = true, User = B("u"), Group = B("g"),
        SupplementaryGroups = [B("1"), B("adm")], DynamicUid = 61000, DynamicUser = true, DynamicGid = 61001, LoginEnvironment = true, PamName = B("login"), Umask = 0x3F,
        Limits = [new(7, 1024, ulong.MaxValue)], Nice = 0, OomScoreAdjust = -900, CpuPolicy = 0, CpuPriority = 3, CpuResetOnFork = true,
        CpuAffinity = [3], NumaPolicy = 1, NumaMask = [1], IoPriority = 4, TimerSlackNsec = 0, Personality = 8, CoredumpFilter = 0x33, MemoryMerge = false,
        CapabilityBoundingSet = 0, AmbientCapabilities = 1024, SecureBits = 2, NoNewPrivileges = true, Keyring = ExecKeyring.Shared, IgnoreSigpipe = false,
        SelinuxContext = B("c"), SelinuxContextIgnore = true, AppArmorProfile = B("p"), AppArmorProfileIgnore = true, SmackLabel = B("s"),
        SmackLabelIgnore = true, CgroupPaths = [B("/sys/fs/cgroup/a")], DelegatedCgroups = [B("/sys/fs/cgroup/a")],
        DelegatedSubgroup = B("/sys/fs/cgroup/a/b"), MemoryPressurePath = B("/sys/fs/cgroup/a/memory.pressure"), MemoryPressureThreshold = 1,
        Directories = [new(ExecDirectoryKind.Logs, B("d"), 0x1ED, [B("l")])], DirectoryBases = [B("/run"), B("/var/lib")],
        Credentials = [new(B("i"), B("/p"), [], true), new(B("j"), default, [0, 1, 255], false)], CredentialImports = [B("c.*")], CredentialSearch = [B("/run/cs")], EncryptedCredentialSearch = [B("/run/cs.encrypted")], CredentialsDirectory = B("/run/credentials/a.service"),
        Stdin = new(ExecStreamKind.File, B("/in")), Stdout = new(ExecStreamKind.Fd, default, 2), Stderr = new(ExecStreamKind.JournalAndConsole),
        StdinData = [9], StdioSocket = 0, TtyPath = B("/dev/tty1"), TtyReset = true, TtyVHangup = true, TtyVtDisallocate = true, TtyRows = 24, TtyColumns = 80,
        JournalSocket = B("/j"), SyslogIdentifier = B("id"), SyslogPriority = 3, SyslogLevelPrefix = false, ForwardToSyslog = true, ForwardToKmsg = true,
        ForwardToConsole = true, SocketFds = 1, StoredFds = 2, FdNames = [B("x")], NonBlocking = true, UtmpIdentifier = B("tty1"), UtmpMode = ExecUtmpMode.Login,
        WatchdogUsec = 30_000_000, OpenFiles = [new(B("/f"), B("name"), ExecOpenOptions.ReadOnly)], RootDirectory = B("/r"), MountApiVfs = true, ExtensionDirectories = [B("/x")], NetworkNamespacePath = B("/n"), IpcNamespacePath = B("/i"), LogNamespace = B("l"), PrivateMounts = true, MountPropagation = 1 << 18, PrivateTmp = true,
        PrivateTmpDirectory = B("/tmp/x"), PrivateVarTmpDirectory = B("/var/tmp/x"), PrivateDevices = true, PrivateNetwork = true, PrivateIpc = true, PrivateUsers = true,
        NetworkNamespaceFd = 3, IpcNamespaceFd = 4, ProtectSystem = ExecProtectSystem.Strict, ProtectHome = ExecProtectHome.Tmpfs, ProtectProc = ExecProtectProc.Ptraceable,
        ProcSubsetPid = true, ProtectKernelTunables = true, ProtectKernelModules = true, ProtectKernelLogs = true, ProtectControlGroups = true, ProtectClock = true,
        ProtectHostname = true, ReadWritePaths = [B("/rw")], ReadOnlyPaths = [B("/ro")], InaccessiblePaths = [B("-/no")], ExecPaths = [B("/x")], NoExecPaths = [B("/nx")],
        Binds = [new(B("/s"), B("/t"), true, true, false)], TemporaryFileSystems = [new(B("/tmpfs"), B("size=1m"))],
        SystemCallFilter = [new(B("@clock"), 1, true)], SystemCallFilterSet = true, SystemCallFilterIsAllowList = true, SystemCallErrorNumber = 1,
        SystemCallArchitectures = [B("native")], SystemCallLog = [B("@mount")], SystemCallLogSet = true, SystemCallLogIsAllowList = true, AddressFamilies = [1, 2],
        AddressFamiliesSet = true, AddressFamiliesIsAllowList = true, AllowedNamespaces = 0, RestrictRealtime = true, RestrictSuidSgid = true,
        MemoryDenyWriteExecute = true, LockPersonality = true,
    };

    /// <summary>Fields in an encoded request: those whose reading takes input.</summary>
    public static int CountFields(byte[] bytes)
    {
        // Each prefix that ends between two fields decodes (once there is a path, the second field), so the whole ones are the boundaries.
        int count = 0;
        for (int length = 1; length <= bytes.Length; length++)
        {
            ExecRequest? request = ExecRequest.DecodeOrNull(bytes.AsSpan(0, length));
            if (request is not null) { count++; }
        }
        return bytes[0] == 1 ? count + 1 : count;   // the unit's name, before the path
    }
}
