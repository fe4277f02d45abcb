using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>What the steps of one child share.</summary>
internal sealed class Setup(ExecRequest request, int[] descriptors, int cgroupFd)
{
    public readonly ExecRequest Request = request;

    /// <summary>Sockets, stored ones, then what stdio and namespaces refer to. <see cref="PassedFds"/> moves the first ones.</summary>
    public readonly int[] Descriptors = descriptors;

    /// <summary>The cgroup the kernel could not place us in at birth, or -1.</summary>
    public readonly int CgroupFd = cgroupFd;

    /// <summary>Not for "+".</summary>
    public readonly bool Sandbox = (request.Flags & ExecFlags.FullyPrivileged) == 0;

    /// <summary>Not for "+" and "!". ("!!" differs from nothing only on kernels without ambient capabilities, before 4.3.)</summary>
    public readonly bool ChangeUser = (request.Flags & (ExecFlags.FullyPrivileged | ExecFlags.NoSetuid)) == 0;

    public readonly int Pid = LibC.getpid();

    /// <summary>Null when no user is set.</summary>
    public Account? User;

    public uint Uid = ExecRequest.NoId;

    public uint Gid = ExecRequest.NoId;

    public uint[] Groups = [];

    public bool GroupsSet;

    /// <summary>Full paths per kind, for the environment and to be mounted into the view.</summary>
    public readonly ByteText[][] Directories = [[], [], [], [], []];

    /// <summary>Opened from NetworkNamespacePath=, not entered yet.</summary>
    public OwnedFd? NetworkNamespace;

    /// <summary>Opened from IPCNamespacePath=, not entered yet.</summary>
    public OwnedFd? IpcNamespace;

    public ulong JournalDevice;

    public ulong JournalInode;

    public bool HasJournalStream;

    public bool HasCredentials;

    /// <summary>The file that says how short memory is in its group can be written by the user, or is "/dev/null".</summary>
    public bool WatchesPressure;

    /// <summary>SELinux is in force on this machine.</summary>
    public bool UsesSelinux;

    public readonly EnvironmentBlock Environment = new();

    /// <summary>What OpenFile= brought, after the descriptors that were passed.</summary>
    public readonly List<int> Opened = [];

    public readonly List<ByteText> OpenedNames = [];
}
