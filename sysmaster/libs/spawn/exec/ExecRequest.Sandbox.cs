using SysMaster.Linux;

namespace SysMaster.Spawn.Exec;

/// <summary>Namespaces, the file system as the service sees it, system call filters.</summary>
public sealed partial class ExecRequest
{
    public ByteText RootDirectory;

    public bool MountApiVfs;

    /// <summary>Trees whose /usr and /opt are laid over the root's, later ones on top; "-": missing is fine (ExtensionDirectories=).</summary>
    public ByteText[] ExtensionDirectories = [];

    /// <summary>Files below /proc/PID/ns or bound from there (NetworkNamespacePath=, IPCNamespacePath=).</summary>
    public ByteText NetworkNamespacePath;

    public ByteText IpcNamespacePath;

    /// <summary>The journal that this service sees in place of the system's.</summary>
    public ByteText LogNamespace;

    public bool PrivateMounts;

    /// <summary>MS_SHARED, MS_SLAVE or MS_PRIVATE for the whole tree at the end; 0 is the default, slave.</summary>
    public ulong MountPropagation;

    public bool PrivateTmp;

    /// <summary>Two directories made by the core for this run (…/tmp inside /tmp and /var/tmp), shared by the unit's processes. Empty: the executor makes them.</summary>
    public ByteText PrivateTmpDirectory;

    public ByteText PrivateVarTmpDirectory;

    public bool PrivateDevices;

    public bool PrivateNetwork;

    public bool PrivateIpc;

    public bool PrivateUsers;

    /// <summary>
    /// Index of the first of two descriptors, the ends of a datagram pair: in it lies the network or IPC namespace that is shared, once a process has made it and
    /// put it there; -1: none is shared.
    /// </summary>
    public int NetworkNamespaceFd = -1;

    public int IpcNamespaceFd = -1;

    public bool OwnIpc => PrivateIpc || IpcNamespaceFd >= 0 || !IpcNamespacePath.IsEmpty;

    public ExecProtectSystem ProtectSystem;

    public ExecProtectHome ProtectHome;

    public ExecProtectProc ProtectProc;

    public bool ProcSubsetPid;

    public bool ProtectKernelTunables;

    public bool ProtectKernelModules;

    public bool ProtectKernelLogs;

    public bool ProtectControlGroups;

    public bool ProtectClock;

    public bool ProtectHostname;

    /// <summary>Paths of the next five may carry the prefixes "-" (missing is fine) and "+" (below the root directory).</summary>
    public ByteText[] ReadWritePaths = [];

    public ByteText[] ReadOnlyPaths = [];

    public ByteText[] InaccessiblePaths = [];

    public ByteText[] ExecPaths = [];

    public ByteText[] NoExecPaths = [];

    public ExecBind[] Binds = [];

    public ExecTmpfs[] TemporaryFileSystems = [];

    // --- seccomp ---------------------------------------------------------------------------------------------------------------

    /// <summary>SystemCallFilter=, groups ("@system-service") and names; empty with <see cref="SystemCallFilterSet"/> false is "no filter".</summary>
    public ExecSystemCall[] SystemCallFilter = [];

    public bool SystemCallFilterSet;

    /// <summary>True: only these are allowed; false: all but these.</summary>
    public bool SystemCallFilterIsAllowList;

    /// <summary>Zero kills the process, else this errno is returned (SystemCallErrorNumber=).</summary>
    public int SystemCallErrorNumber;

    /// <summary>"native", "x86", …; empty does not restrict.</summary>
    public ByteText[] SystemCallArchitectures = [];

    public ByteText[] SystemCallLog = [];

    public bool SystemCallLogSet;

    public bool SystemCallLogIsAllowList;

    public int[] AddressFamilies = [];

    public bool AddressFamiliesSet;

    public bool AddressFamiliesIsAllowList;

    /// <summary>CLONE_NEW* kinds that stay allowed (RestrictNamespaces=).</summary>
    public ulong? AllowedNamespaces;

    public bool RestrictRealtime;

    public bool RestrictSuidSgid;

    public bool MemoryDenyWriteExecute;

    public bool LockPersonality;
}
