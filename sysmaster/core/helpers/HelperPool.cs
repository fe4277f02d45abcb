using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Core;

/// <summary>Told when a helper has ended.</summary>
public interface IHelperObserver
{
    /// <param name="tag">What was given to <see cref="HelperPool.Run"/>.</param>
    /// <param name="exit">How it ended; code 0 when it could not be started.</param>
    /// <param name="output">What it wrote to standard output, if that was asked for.</param>
    void OnHelperEnded(int tag, ChildExit exit, ReadOnlySpan<byte> output);
}

/// <summary>
/// Programs that the manager runs for itself: generators, removal of directories, policy agents. Each with a deadline; none is waited
/// for. What the core may not do itself, since it could block, is done here.
/// </summary>
public sealed class HelperPool
{
    private readonly Manager _manager;
    private readonly Dictionary<int, Helper> _byPid = [];
    private readonly HelperUnit _unit;

    public HelperPool(Manager manager)
    {
        _manager = manager;
        _unit = new HelperUnit(manager, this);
    }

    internal sealed class Helper(HelperPool pool, IHelperObserver? observer, int tag) : Events.IDeadlineObserver
    {
        public ProcessSlot? Slot;
        public required ExecRequest Request;
        public Events.Deadline? Deadline;
        public OwnedFd? Output;
        public IHelperObserver? Observer { get; } = observer;
        public int Tag { get; } = tag;
        public string Name = "";

        public void OnElapsed(Events.Deadline timer)
        {
            Log.Warning($"{Name} takes too long and is killed.");
            if (Slot is { Pid: > 0 } slot) { _ = LibC.kill(slot.Pid, 9); }
            else { pool.GiveUp(this); }
        }
    }

    public int Running => _byPid.Count;

    /// <param name="argv">The program's absolute path first.</param>
    /// <param name="environment">"NAME=value".</param>
    /// <param name="limit">After that it is killed.</param>
    /// <param name="observer">Told of the end; null: nobody.</param>
    /// <param name="tag">For the observer.</param>
    /// <param name="keepOutput">Standard output is kept and given to the observer, at most 1 MiB.</param>
    public Errno Run(ReadOnlySpan<ByteText> argv, IEnumerable<ByteText> environment, Usec limit, IHelperObserver? observer = null, int tag = 0, bool keepOutput = false)
    {
        var request = new ExecRequest
        {
            Unit = "init.scope"u8,
            Path = argv[0],
            Argv = argv.ToArray(),
            Environment = [.. environment],
            Flags = ExecFlags.None,
            OomScoreAdjust = 0,
            Stdout = new ExecStream(ExecStreamKind.Null),
            Stderr = new ExecStream(_manager.HelperStderr),
        };
        var helper = new Helper(this, observer, tag) { Name = argv[0].ToString(), Request = request };
        if (keepOutput)
        {
            helper.Output = Memfd();
            if (helper.Output is not null) { request.Stdout = new ExecStream(ExecStreamKind.Fd, default, 0); }
        }
        var slot = new ProcessSlot(_unit, 0);
        helper.Slot = slot;
        Errno error = Spawn(helper);
        if (error.Failed)
        {
            helper.Output?.Dispose();
            return error;
        }
        _unit.Helpers[slot] = helper;
        if (!limit.IsInfinity)
        {
            helper.Deadline = new Events.Deadline(_manager.Monotonic, helper);
            helper.Deadline.ArmIn(limit);
        }
        return Errno.None;
    }

    /// <summary>
    /// Removes a directory of the unit's. Its name is free when this returns, so that the next start can make it anew; what is in it goes in a
    /// process of its own, since it may be much and others may still write to it.
    /// </summary>
    public void RemoveTree(Unit unit, ByteText path)
    {
        if (!Sys.Unlink(path, LibC.AT_REMOVEDIR).Failed || !Sys.Exists(path)) { return; }
        int slash = path.Span.LastIndexOf((byte)'/') + 1;
        Span<byte> random = stackalloc byte[8];
        Sys.Random(random);
        var aside = new ByteText($"{new ByteText(path.Span[..slash])}.#{new ByteText(path.Span[slash..])}.{BitConverter.ToUInt64(random):x}");
        if (Sys.Rename(path, aside).Failed) { aside = path; }
        Errno error = Run(["/bin/rm"u8, "-rf"u8, "--one-file-system"u8, "--"u8, aside], _manager.BaseEnvironment, Usec.FromSec(90));
        if (error.Failed) { Log.Warning(unit, $"Failed to remove {aside.ToString()}: {error.ToString()}"); }
    }

    public void RemoveCredentials(Unit unit, ByteText path)
    {
        unsafe
        {
            fixed (byte* p = path.CString) { _ = LibC.umount2(p, LibC.MNT_DETACH | LibC.UMOUNT_NOFOLLOW); }
        }
        RemoveTree(unit, path);
    }

    private Errno Spawn(Helper helper)
    {
        ReadOnlySpan<int> fds = helper.Output is { } output ? [output.Value] : [];
        return _manager.Spawn(helper.Slot!, helper.Request, Fd.None, fds);
    }

    /// <summary>Its executor was lost before it ran.</summary>
    internal void SpawnAgain(Helper helper)
    {
        if (Spawn(helper).Failed) { End(helper, default); }
    }

    private void GiveUp(Helper helper)
    {
        _manager.CancelSpawn(helper.Slot!);
        End(helper, default);
    }

    internal void OnSpawned(ProcessSlot slot, Helper helper) => _byPid[slot.Pid] = helper;

    internal void OnExited(int pid, ChildExit exit)
    {
        if (_byPid.Remove(pid, out Helper? helper)) { End(helper, exit); }
    }

    internal void End(Helper helper, ChildExit exit)
    {
        helper.Deadline?.Disarm();
        if (helper.Slot is { } slot) { _unit.Helpers.Remove(slot); }
        byte[] output = [];
        if (helper.Output is { } fd)
        {
            byte[] buffer = new byte[65536];
            int total = 0;
            unsafe
            {
                fixed (byte* b = buffer)
                {
                    nint n = LibC.pread(fd.Value, b, (nuint)buffer.Length, 0);
                    total = (int)Math.Max(n, 0);
                }
            }
            output = buffer[..total];
            fd.Dispose();
        }
        helper.Observer?.OnHelperEnded(helper.Tag, exit, output);
    }

    private static unsafe OwnedFd? Memfd()
    {
        fixed (byte* name = "helper\0"u8)
        {
            int fd = LibC.memfd_create(name, LibC.MFD_CLOEXEC);
            return fd < 0 ? null : new OwnedFd(fd);
        }
    }
}
