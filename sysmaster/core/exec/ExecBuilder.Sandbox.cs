using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Core;

/// <summary>Namespaces, the file system as the service sees it, system call filters.</summary>
internal static partial class ExecBuilder
{
    private static Errno AddSandbox(Manager manager, SpawnContext spawn, ExecRequest request)
    {
        Unit unit = spawn.Unit;
        SettingsBag set = unit.Settings;
        if (set.Count == 0) { return Errno.None; }
        request.RootDirectory = set.Get(ExecDirectives.RootDirectory);
        request.MountApiVfs = set.Get(ExecDirectives.MountAPIVFS);
        if (request.RootDirectory.Length == 1)   // "/": nothing to change to, and nothing to mount into it that is not there
        {
            request.RootDirectory = default;
            request.MountApiVfs &= set.OriginOf(ExecDirectives.MountAPIVFS) != Origin.Implied;
        }
        request.ExtensionDirectories = set.Get(ExecDirectives.ExtensionDirectories);
        request.NetworkNamespacePath = set.Get(ExecDirectives.NetworkNamespacePath);
        request.IpcNamespacePath = set.Get(ExecDirectives.IPCNamespacePath);
        request.LogNamespace = set.Get(ExecDirectives.LogNamespace);
        request.PrivateMounts = set.Get(ExecDirectives.PrivateMounts);
        request.MountPropagation = set.Get(ExecDirectives.MountFlags);
        request.PrivateTmp = set.Get(ExecDirectives.PrivateTmp);
        if (request.PrivateTmp)
        {
            Result<(ByteText, ByteText)> tmp = manager.Exec.Shared.TmpOf(unit);
            if (tmp.Failed)
            {
                Log.Warning(unit, $"Failed to make the directories of PrivateTmp=: {tmp.Error.ToString()}");
                return tmp.Error;
            }
            (request.PrivateTmpDirectory, request.PrivateVarTmpDirectory) = tmp.Value;
        }
        request.PrivateDevices = set.Get(ExecDirectives.PrivateDevices);
        request.PrivateNetwork = set.Get(ExecDirectives.PrivateNetwork);
        request.PrivateIpc = set.Get(ExecDirectives.PrivateIPC);
        if (request.PrivateNetwork && request.NetworkNamespacePath.IsEmpty) { request.NetworkNamespaceFd = AddBox(manager, spawn, "net"); }
        if (request.PrivateIpc && request.IpcNamespacePath.IsEmpty) { request.IpcNamespaceFd = AddBox(manager, spawn, "ipc"); }
        request.PrivateUsers = set.Get(ExecDirectives.PrivateUsers);
        request.ProtectSystem = (ExecProtectSystem)(int)set.Get(ExecDirectives.ProtectSystem);
        request.ProtectHome = (ExecProtectHome)(int)set.Get(ExecDirectives.ProtectHome);
        request.ProtectProc = (ExecProtectProc)(int)set.Get(ExecDirectives.ProtectProc);
        request.ProcSubsetPid = set.Get(ExecDirectives.ProcSubset) == ProcSubset.Pid;
        request.ProtectKernelTunables = set.Get(ExecDirectives.ProtectKernelTunables);
        request.ProtectKernelModules = set.Get(ExecDirectives.ProtectKernelModules);
        request.ProtectKernelLogs = set.Get(ExecDirectives.ProtectKernelLogs);
        request.ProtectControlGroups = set.Get(ExecDirectives.ProtectControlGroups);
        request.ProtectClock = set.Get(ExecDirectives.ProtectClock);
        request.ProtectHostname = set.Get(ExecDirectives.ProtectHostname);
        request.ReadWritePaths = set.Get(ExecDirectives.ReadWritePaths);
        request.ReadOnlyPaths = set.Get(ExecDirectives.ReadOnlyPaths);
        request.InaccessiblePaths = set.Get(ExecDirectives.InaccessiblePaths);
        request.ExecPaths = set.Get(ExecDirectives.ExecPaths);
        request.NoExecPaths = set.Get(ExecDirectives.NoExecPaths);
        request.Binds = Binds(set);
        TextPair[] tmpfs = set.Get(ExecDirectives.TemporaryFileSystem);
        request.TemporaryFileSystems = Array.ConvertAll(tmpfs, static t => new ExecTmpfs(t.First, t.Second));
        AddSeccomp(set, request);
        return Errno.None;
    }

    /// <returns>The index of the first of the two descriptors; -1: the process makes a namespace for itself.</returns>
    private static int AddBox(Manager manager, SpawnContext spawn, string kind)
    {
        if (manager.Exec.Shared.Of(spawn.Unit).BoxOf(kind) is not var (look, put)) { return -1; }
        spawn.Fds.Add(look);
        spawn.Fds.Add(put);
        return spawn.Fds.Count - 2;
    }

    private static ExecBind[] Binds(SettingsBag set)
    {
        BindMount[] writable = set.Get(ExecDirectives.BindPaths), readOnly = set.Get(ExecDirectives.BindReadOnlyPaths);
        var binds = new ExecBind[writable.Length + readOnly.Length];
        for (int i = 0; i < binds.Length; i++)
        {
            BindMount bind = i < writable.Length ? writable[i] : readOnly[i - writable.Length];
            binds[i] = new ExecBind(bind.Source, bind.Destination, i >= writable.Length, bind.MayBeMissing, bind.IsRecursive);
        }
        return binds;
    }

    private static void AddSeccomp(SettingsBag set, ExecRequest request)
    {
        if (set.IsSet(ExecDirectives.SystemCallFilter))
        {
            FilterList filter = set.Get(ExecDirectives.SystemCallFilter);
            request.SystemCallFilterSet = filter.Rules.Length > 0 || filter.IsAllow;
            request.SystemCallFilterIsAllowList = filter.IsAllow;
            request.SystemCallFilter = Array.ConvertAll(filter.Rules,
                static r => new ExecSystemCall(r.Name, r.Errno == FilterRule.Kill ? 0 : r.Errno, !r.Adds));
        }
        int errno = set.Get(ExecDirectives.SystemCallErrorNumber);
        request.SystemCallErrorNumber = errno == FilterRule.Kill ? 0 : errno;
        request.SystemCallArchitectures = set.Get(ExecDirectives.SystemCallArchitectures);
        if (set.IsSet(ExecDirectives.SystemCallLog))
        {
            FilterList log = set.Get(ExecDirectives.SystemCallLog);
            request.SystemCallLogSet = true;
            request.SystemCallLogIsAllowList = log.IsAllow;
            request.SystemCallLog = Array.ConvertAll(log.Rules, static r => r.Name);
        }
        if (set.IsSet(ExecDirectives.RestrictAddressFamilies))
        {
            FilterList families = set.Get(ExecDirectives.RestrictAddressFamilies);
            request.AddressFamiliesSet = true;
            request.AddressFamiliesIsAllowList = families.IsAllow;
            request.AddressFamilies = AddressFamilies.Numbers(families);
        }
        if (set.IsSet(ExecDirectives.RestrictNamespaces)) { request.AllowedNamespaces = set.Get(ExecDirectives.RestrictNamespaces); }
        request.RestrictRealtime = set.Get(ExecDirectives.RestrictRealtime);
        request.RestrictSuidSgid = set.Get(ExecDirectives.RestrictSUIDSGID);
        request.MemoryDenyWriteExecute = set.Get(ExecDirectives.MemoryDenyWriteExecute);
        request.LockPersonality = set.Get(ExecDirectives.LockPersonality);
    }
}
