using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>
/// Walks the ways that children take, without effect, before the first fork: what the runtime makes at first use (types, tables, pages of
/// relocated data) is then made once, here, and shared.
/// </summary>
internal static class WarmUp
{
    public static void Run()
    {
        EnsureStandardStreams();
        var request = new ExecRequest
        {
            Unit = (ByteText)"warm.service",
            Path = (ByteText)"/bin/true",
            Argv = [(ByteText)"true", (ByteText)"${HOME}"],
            BaseEnvironment = [(ByteText)"PATH=/bin", (ByteText)"LANG=C"],
            Environment = [(ByteText)"PATH=/usr/bin"],
            User = (ByteText)"root",
            Limits = [new ExecLimit(LibC.RLIMIT_CORE, 0, 0)],
            Directories = [new ExecDirectory(ExecDirectoryKind.Runtime, (ByteText)"warm", 0x1ED, [])],
            ReadWritePaths = [(ByteText)"-/var"],
            ProtectSystem = ExecProtectSystem.Strict,
            ProtectKernelTunables = true,
            SystemCallFilter = [new ExecSystemCall((ByteText)"@system-service")],
            SystemCallFilterSet = true,
            SystemCallFilterIsAllowList = true,
            RestrictRealtime = true,
        };
        byte[] buffer = new byte[2048];
        int length = request.Encode(ref buffer);
        ExecRequest? copy = ExecRequest.DecodeOrNull(buffer.AsSpan(0, length));
        var setup = new Setup(copy ?? request, [], -1);
        Identity.Resolve(setup);
        EnvironmentBlock.Build(setup);
        _ = Arguments.Expand(setup);
        _ = SeccompFilters.Compile(setup);
        _ = MountPlan.Of(setup, default, default);
        _ = Capabilities.Last;
        FilePages.GiveBack();
    }

    /// <summary>A free number below 3 would be taken by a request's descriptor.</summary>
    private static void EnsureStandardStreams()
    {
        while (true)
        {
            Result<OwnedFd> open = Sys.Open(new ByteText("/dev/null"u8), LibC.O_RDWR);
            if (open.Failed) { return; }
            if (open.Value.Value > ExecProtocol.ControlFd)
            {
                open.Value.Dispose();
                return;
            }
            _ = open.Value.Take();
        }
    }
}
