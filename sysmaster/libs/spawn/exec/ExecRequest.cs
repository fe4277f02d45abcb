using SysMaster.Linux;

namespace SysMaster.Spawn.Exec;

/// <summary>
/// Everything that one process of a unit is to be, with specifiers resolved and paths absolute: filled by the core, carried to the
/// executor, never looked up again. Names of users and groups stay names: resolving them may ask NSS, which only the child may do.
/// Defaults are "as the executor has it". Split by facet: this file the command and its process, .Stdio, .Sandbox, .Codec.
/// Descriptors travel beside the request: <see cref="ExecutorLink.Spawn"/> takes them, indices here point into that list.
/// </summary>
public sealed partial class ExecRequest
{
    /// <summary>The unit's name, "nginx.service": log lines, private directories and the journal stream carry it.</summary>
    public ByteText Unit;

    /// <summary>The program: absolute, or a bare name looked for in <see cref="SearchPath"/> (after the root directory is entered).</summary>
    public ByteText Path;

    /// <summary>Empty means one argument, the path.</summary>
    public ByteText[] Argv = [];

    /// <summary>"NAME=value": the manager's block and what the core knows (PATH, LANG, INVOCATION_ID, NOTIFY_SOCKET, TERM, MAINPID, …); later wins.
    /// Over it the executor lays what only the child knows: HOME, LOGNAME, USER, SHELL, LISTEN_PID, WATCHDOG_PID, JOURNAL_STREAM,
    /// RUNTIME_DIRECTORY and sisters, CREDENTIALS_DIRECTORY, SYSTEMD_EXEC_PID.</summary>
    public ByteText[] BaseEnvironment = [];

    /// <summary>The unit's own (PassEnvironment=, Environment=, EnvironmentFile=): laid over all that.</summary>
    public ByteText[] Environment = [];

    /// <summary>Directories for a bare program name (ExecSearchPath=, else the manager's PATH).</summary>
    public ByteText[] SearchPath = [];

    public ExecFlags Flags = ExecFlags.ExpandArguments;

    /// <summary>Names dropped at the very end (UnsetEnvironment=): "NAME" or "NAME=value".</summary>
    public ByteText[] UnsetEnvironment = [];

    /// <summary>32 hex digits, for the keyring.</summary>
    public ByteText InvocationId;

    /// <summary>Empty is "/". <see cref="WorkingDirectoryHome"/> wins.</summary>
    public ByteText WorkingDirectory;

    public bool WorkingDirectoryHome;

    /// <summary>The "-" before WorkingDirectory=: a missing directory is passed over.</summary>
    public bool WorkingDirectoryMissingOk;

    // --- who -----------------------------------------------------------------------------------------------------------------

    /// <summary>Name or number; empty is "as it is".</summary>
    public ByteText User;

    /// <summary>Name or number; empty is the user's own group.</summary>
    public ByteText Group;

    public ByteText[] SupplementaryGroups = [];

    /// <summary>DynamicUser=: number chosen by the core, <see cref="User"/> its name; <see cref="NoId"/> when there is none.</summary>
    public uint DynamicUid = NoId;

    /// <summary>DynamicUser=, also where the name turned out to be that of a user of the system: it gets no home and no shell, and its directories are private.</summary>
    public bool DynamicUser;

    /// <summary>As well, for <see cref="Group"/>.</summary>
    public uint DynamicGid = NoId;

    public const uint NoId = uint.MaxValue;

    /// <summary>Set HOME, LOGNAME, USER, SHELL for root too (user manager, SetLoginEnvironment=yes).</summary>
    public bool LoginEnvironment;

    /// <summary>PAM service name (PAMName=); opens a session whose holder is a second process "(sd-pam)".</summary>
    public ByteText PamName;

    public uint Umask = 0x12;   // 0022

    // --- limits and scheduling -----------------------------------------------------------------------------------------------

    public ExecLimit[] Limits = [];

    public int? Nice;

    public int? OomScoreAdjust;

    /// <summary>SCHED_OTHER 0, FIFO 1, RR 2, BATCH 3, IDLE 5.</summary>
    public int? CpuPolicy;

    public int CpuPriority;

    public bool CpuResetOnFork;

    /// <summary>Bit n of byte n/8 is CPU n; empty leaves it.</summary>
    public byte[] CpuAffinity = [];

    /// <summary>MPOL_* of set_mempolicy(2).</summary>
    public int? NumaPolicy;

    public byte[] NumaMask = [];

    /// <summary>class &lt;&lt; 13 | level, ioprio_set(2).</summary>
    public int? IoPriority;

    public ulong? TimerSlackNsec;

    /// <summary>personality(2).</summary>
    public ulong? Personality;

    public ulong? CoredumpFilter;

    /// <summary>PR_SET_MEMORY_MERGE of prctl(2).</summary>
    public bool? MemoryMerge;

    // --- rights --------------------------------------------------------------------------------------------------------------

    /// <summary>Bit n keeps capability n.</summary>
    public ulong? CapabilityBoundingSet;

    public ulong AmbientCapabilities;

    public uint SecureBits;

    public bool NoNewPrivileges;

    public ExecKeyring Keyring;

    public bool IgnoreSigpipe = true;

    public ByteText SelinuxContext;

    public bool SelinuxContextIgnore;

    public ByteText AppArmorProfile;

    public bool AppArmorProfileIgnore;

    public ByteText SmackLabel;

    public bool SmackLabelIgnore;

    // --- cgroup --------------------------------------------------------------------------------------------------------------

    /// <summary>
    /// Directories of v1 trees whose cgroup.procs the child writes itself into, as far as they let it: where processes are tracked is the descriptor's business.
    /// </summary>
    public ByteText[] CgroupPaths = [];

    /// <summary>Of these the user becomes owner (Delegate=), as far as a delegatee needs.</summary>
    public ByteText[] DelegatedCgroups = [];

    /// <summary>The group below it that the process is in (DelegateSubgroup=, control processes): the user becomes owner of all that is in it.</summary>
    public ByteText DelegatedSubgroup;

    /// <summary>The memory.pressure file of its group, which the user may write; "/dev/null" where it is not to watch; empty says nothing.</summary>
    public ByteText MemoryPressurePath;

    /// <summary>Stall time within <see cref="MemoryPressureWindow"/> that is pressure, in µs; zero where there is nothing to watch.</summary>
    public ulong MemoryPressureThreshold;

    /// <summary>µs, the shortest that the kernel lets everybody watch.</summary>
    public const ulong MemoryPressureWindow = 2_000_000;

    // --- directories and credentials --------------------------------------------------------------------------------------------

    public ExecDirectory[] Directories = [];

    /// <summary>Base of each kind, in the order of <see cref="ExecDirectoryKind"/>: /run, /var/lib, /var/cache, /var/log, /etc.</summary>
    public ByteText[] DirectoryBases = [];

    public ExecCredential[] Credentials = [];

    /// <summary>Names, or beginnings of names and a star, of those to take from <see cref="CredentialSearch"/>; one loaded under its name wins, one set does not.</summary>
    public ByteText[] CredentialImports = [];

    /// <summary>Where relative LoadCredential= paths are looked for.</summary>
    public ByteText[] CredentialSearch = [];

    /// <summary>Where encrypted ones are looked for first.</summary>
    public ByteText[] EncryptedCredentialSearch = [];

    /// <summary>/run/credentials/UNIT; the executor makes it, the core removes it.</summary>
    public ByteText CredentialsDirectory;
}
