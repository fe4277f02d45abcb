using SysMaster.Linux;

namespace SysMaster.Spawn.Exec;

/// <summary>
/// The request as bytes, see <see cref="ExecCodec"/>. Core and executor are of one build (<see cref="ExecProtocol.Version"/> says so in
/// each message), so a field's number is its place below; adding or moving one means a new version.
/// </summary>
public sealed partial class ExecRequest
{
    /// <param name="buffer">Used when it is big enough, replaced by a bigger one otherwise: keep it for the next.</param>
    /// <returns>Bytes of <paramref name="buffer"/> that count.</returns>
    public int Encode(ref byte[] buffer)
    {
        ExecCodec codec = ExecCodec.Writer(buffer);
        Walk(ref codec);
        buffer = codec.Buffer;
        return codec.Written.Length;
    }

    /// <returns>Null when the bytes are cut short, hold something unknown, or a value out of its range.</returns>
    public static ExecRequest? DecodeOrNull(ReadOnlySpan<byte> message)
    {
        var request = new ExecRequest();
        ExecCodec codec = ExecCodec.Reader(message);
        request.Walk(ref codec);
        return codec.Failed || !codec.AtEnd || request.Path.IsEmpty ? null : request;
    }

    /// <summary>How many fields there are: pinned by a test together with the version.</summary>
    internal static int FieldCount
    {
        get
        {
            ExecCodec codec = ExecCodec.Writer([]);
            new ExecRequest().Walk(ref codec);
            return codec.Fields;
        }
    }

    private void Walk(ref ExecCodec c)
    {
        WalkCommand(ref c);
        WalkProcess(ref c);
        WalkStdio(ref c);
        WalkSandbox(ref c);
        WalkSeccomp(ref c);
    }

    private void WalkCommand(ref ExecCodec c)
    {
        c.Field(ref Unit);
        c.Field(ref Path);
        c.Field(ref Argv);
        c.Field(ref BaseEnvironment);
        c.Field(ref Environment);
        c.Field(ref UnsetEnvironment);
        c.Field(ref SearchPath);
        int flags = (int)Flags;
        c.Field(ref flags, (int)ExecFlags.ExpandArguments);
        Flags = (ExecFlags)flags;
        c.Field(ref InvocationId);
        c.Field(ref WorkingDirectory);
        c.Field(ref WorkingDirectoryHome);
        c.Field(ref WorkingDirectoryMissingOk);
        c.Field(ref User);
        c.Field(ref Group);
        c.Field(ref SupplementaryGroups);
        c.Field(ref DynamicUid, NoId);
        c.Field(ref DynamicUser);
        c.Field(ref DynamicGid, NoId);
        c.Field(ref LoginEnvironment);
        c.Field(ref PamName);
        c.Field(ref Umask, 0x12);
    }

    private void WalkProcess(ref ExecCodec c)
    {
        c.Field(ref Limits, Limit);
        c.Field(ref Nice);
        c.Field(ref OomScoreAdjust);
        c.Field(ref CpuPolicy);
        c.Field(ref CpuPriority);
        c.Field(ref CpuResetOnFork);
        c.Field(ref CpuAffinity);
        c.Field(ref NumaPolicy);
        c.Field(ref NumaMask);
        c.Field(ref IoPriority);
        c.Field(ref TimerSlackNsec);
        c.Field(ref Personality);
        c.Field(ref CoredumpFilter);
        c.Field(ref MemoryMerge);
        c.Field(ref CapabilityBoundingSet);
        c.Field(ref AmbientCapabilities);
        c.Field(ref SecureBits);
        c.Field(ref NoNewPrivileges);
        Keyring = (ExecKeyring)c.Enum((int)Keyring, (int)ExecKeyring.Shared);
        c.Field(ref IgnoreSigpipe, true);
        c.Field(ref SelinuxContext);
        c.Field(ref SelinuxContextIgnore);
        c.Field(ref AppArmorProfile);
        c.Field(ref AppArmorProfileIgnore);
        c.Field(ref SmackLabel);
        c.Field(ref SmackLabelIgnore);
        c.Field(ref CgroupPaths);
        c.Field(ref DelegatedCgroups);
        c.Field(ref DelegatedSubgroup);
        c.Field(ref MemoryPressurePath);
        c.Field(ref MemoryPressureThreshold);
        c.Field(ref Directories, Directory);
        c.Field(ref DirectoryBases);
        c.Field(ref Credentials, Credential);
        c.Field(ref CredentialImports);
        c.Field(ref CredentialSearch);
        c.Field(ref EncryptedCredentialSearch);
        c.Field(ref CredentialsDirectory);
    }

    private void WalkStdio(ref ExecCodec c)
    {
        c.Stream(ref Stdin, ExecStreamKind.Null);
        c.Stream(ref Stdout, ExecStreamKind.Inherit);
        c.Stream(ref Stderr, ExecStreamKind.Inherit);
        c.Field(ref StdinData);
        c.Field(ref StdioSocket, -1);
        c.Field(ref TtyPath);
        c.Field(ref TtyReset);
        c.Field(ref TtyVHangup);
        c.Field(ref TtyVtDisallocate);
        c.Field(ref TtyRows);
        c.Field(ref TtyColumns);
        c.Field(ref JournalSocket);
        c.Field(ref SyslogIdentifier);
        c.Field(ref SyslogPriority, (3 << 3) | 6);
        c.Field(ref SyslogLevelPrefix, true);
        c.Field(ref ForwardToSyslog);
        c.Field(ref ForwardToKmsg);
        c.Field(ref ForwardToConsole);
        c.Field(ref SocketFds);
        c.Field(ref StoredFds);
        c.Field(ref FdNames);
        c.Field(ref NonBlocking);
        c.Field(ref UtmpIdentifier);
        UtmpMode = (ExecUtmpMode)c.Enum((int)UtmpMode, (int)ExecUtmpMode.User);
        c.Field(ref WatchdogUsec);
        c.Field(ref OpenFiles, OpenFile);
    }

    private void WalkSandbox(ref ExecCodec c)
    {
        c.Field(ref RootDirectory);
        c.Field(ref MountApiVfs);
        c.Field(ref ExtensionDirectories);
        c.Field(ref NetworkNamespacePath);
        c.Field(ref IpcNamespacePath);
        c.Field(ref LogNamespace);
        c.Field(ref PrivateMounts);
        c.Field(ref MountPropagation);
        c.Field(ref PrivateTmp);
        c.Field(ref PrivateTmpDirectory);
        c.Field(ref PrivateVarTmpDirectory);
        c.Field(ref PrivateDevices);
        c.Field(ref PrivateNetwork);
        c.Field(ref PrivateIpc);
        c.Field(ref PrivateUsers);
        c.Field(ref NetworkNamespaceFd, -1);
        c.Field(ref IpcNamespaceFd, -1);
        ProtectSystem = (ExecProtectSystem)c.Enum((int)ProtectSystem, (int)ExecProtectSystem.Strict);
        ProtectHome = (ExecProtectHome)c.Enum((int)ProtectHome, (int)ExecProtectHome.Tmpfs);
        ProtectProc = (ExecProtectProc)c.Enum((int)ProtectProc, (int)ExecProtectProc.Ptraceable);
        c.Field(ref ProcSubsetPid);
        c.Field(ref ProtectKernelTunables);
        c.Field(ref ProtectKernelModules);
        c.Field(ref ProtectKernelLogs);
        c.Field(ref ProtectControlGroups);
        c.Field(ref ProtectClock);
        c.Field(ref ProtectHostname);
        c.Field(ref ReadWritePaths);
        c.Field(ref ReadOnlyPaths);
        c.Field(ref InaccessiblePaths);
        c.Field(ref ExecPaths);
        c.Field(ref NoExecPaths);
        c.Field(ref Binds, Bind);
        c.Field(ref TemporaryFileSystems, Tmpfs);
    }

    private void WalkSeccomp(ref ExecCodec c)
    {
        c.Field(ref SystemCallFilter, SystemCall);
        c.Field(ref SystemCallFilterSet);
        c.Field(ref SystemCallFilterIsAllowList);
        c.Field(ref SystemCallErrorNumber);
        c.Field(ref SystemCallArchitectures);
        c.Field(ref SystemCallLog);
        c.Field(ref SystemCallLogSet);
        c.Field(ref SystemCallLogIsAllowList);
        c.Field(ref AddressFamilies);
        c.Field(ref AddressFamiliesSet);
        c.Field(ref AddressFamiliesIsAllowList);
        c.Field(ref AllowedNamespaces);
        c.Field(ref RestrictRealtime);
        c.Field(ref RestrictSuidSgid);
        c.Field(ref MemoryDenyWriteExecute);
        c.Field(ref LockPersonality);
    }

    private static ExecLimit Limit(ref ExecCodec c, ExecLimit e)
    {
        (int resource, ulong soft, ulong hard) = e;
        c.Raw(ref resource);
        c.Raw(ref soft);
        c.Raw(ref hard);
        return new(resource, soft, hard);
    }

    private static ExecDirectory Directory(ref ExecCodec c, ExecDirectory? e)
    {
        var kind = (ExecDirectoryKind)c.RawEnum((int)(e?.Kind ?? default), (int)ExecDirectoryKind.Configuration);
        ByteText path = e?.Path ?? default;
        uint mode = e?.Mode ?? 0;
        ByteText[] links = e?.Symlinks ?? [];
        c.Raw(ref path);
        c.Raw(ref mode);
        c.RawList(ref links);
        return new(kind, path, mode, links);
    }

    private static ExecOpenFile OpenFile(ref ExecCodec c, ExecOpenFile? e)
    {
        ByteText path = e?.Path ?? default;
        ByteText name = e?.Name ?? default;
        uint options = (uint)(e?.Options ?? default);
        c.Raw(ref path);
        c.Raw(ref name);
        c.Raw(ref options);
        return new(path, name, (ExecOpenOptions)options);
    }

    private static ExecCredential Credential(ref ExecCodec c, ExecCredential? e)
    {
        ByteText id = e?.Id ?? default;
        ByteText path = e?.Path ?? default;
        byte[] data = e?.Data ?? [];
        bool encrypted = e?.Encrypted ?? false;
        c.Raw(ref id);
        c.Raw(ref path);
        c.Raw(ref data);
        c.Raw(ref encrypted);
        return new(id, path, data, encrypted);
    }

    private static ExecBind Bind(ref ExecCodec c, ExecBind? e)
    {
        ByteText source = e?.Source ?? default;
        ByteText target = e?.Target ?? default;
        bool readOnly = e?.ReadOnly ?? false;
        bool ignoreMissing = e?.IgnoreMissing ?? false;
        bool recursive = e?.Recursive ?? false;
        c.Raw(ref source);
        c.Raw(ref target);
        c.Raw(ref readOnly);
        c.Raw(ref ignoreMissing);
        c.Raw(ref recursive);
        return new(source, target, readOnly, ignoreMissing, recursive);
    }

    private static ExecTmpfs Tmpfs(ref ExecCodec c, ExecTmpfs? e)
    {
        ByteText path = e?.Path ?? default;
        ByteText options = e?.Options ?? default;
        c.Raw(ref path);
        c.Raw(ref options);
        return new(path, options);
    }

    private static ExecSystemCall SystemCall(ref ExecCodec c, ExecSystemCall e)
    {
        (ByteText name, int errno, bool negated) = e;
        c.Raw(ref name);
        c.Raw(ref errno);
        c.Raw(ref negated);
        return new(name, errno, negated);
    }
}
