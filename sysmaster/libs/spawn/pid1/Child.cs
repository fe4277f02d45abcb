using System.Runtime.InteropServices;
using SysMaster.Linux;

namespace SysMaster.Spawn.Pid1;

/// <summary>A program init starts, with everything posix_spawn(3) needs built once, so that starting it again allocates nothing.</summary>
public sealed unsafe class Child
{
    private readonly byte* _attributes = (byte*)NativeMemory.AllocZeroed(LibC.SizeOfSpawnAttributes);
    private readonly byte* _actions = (byte*)NativeMemory.AllocZeroed(LibC.SizeOfSpawnActions);
    private readonly Words _argv;
    private readonly Words _environment;
    private readonly Words _removed;

    /// <summary>Standard streams are init's own, or for a program on the console that; all signals at their default.</summary>
    public Child(Words argv, Words environment, ulong mask, bool onConsole)
    {
        _argv = argv;
        _environment = environment;
        _removed = Words.Of([.. "/run/sysmaster/removed/"u8, .. argv[0][(argv[0].LastIndexOf((byte)'/') + 1)..]]);
        byte* set = stackalloc byte[LibC.SizeOfSigset];
        new Span<byte>(set, LibC.SizeOfSigset).Fill(0xff);
        _ = LibC.posix_spawnattr_init(_attributes);
        _ = LibC.posix_spawnattr_setsigdefault(_attributes, set);
        new Span<byte>(set, LibC.SizeOfSigset).Clear();
        *(ulong*)set = mask;
        _ = LibC.posix_spawnattr_setsigmask(_attributes, set);
        const short plain = LibC.POSIX_SPAWN_SETSIGDEF | LibC.POSIX_SPAWN_SETSIGMASK;
        const short session = plain | LibC.POSIX_SPAWN_SETSID;
        _ = LibC.posix_spawnattr_setflags(_attributes, onConsole ? session : plain);
        _ = LibC.posix_spawn_file_actions_init(_actions);
        if (!onConsole) { return; }
        fixed (byte* console = "/dev/console"u8)
        {
            _ = LibC.posix_spawn_file_actions_addopen(_actions, 0, console, LibC.O_RDWR, 0);
        }
        Pass(0, 1);
        Pass(0, 2);
        CloseFrom(3);
    }

    /// <summary>What the child finds under this number; in order, so a number must not be overwritten before it was passed.</summary>
    public Child Pass(int fd, int number)
    {
        _ = LibC.posix_spawn_file_actions_adddup2(_actions, fd, number);
        return this;
    }

    public Child CloseFrom(int number)
    {
        _ = LibC.posix_spawn_file_actions_addclosefrom_np(_actions, number);
        return this;
    }

    /// <returns>The PID, or 0 when it could not be started (logged).</returns>
    public int Start() => Start(_argv[0]);

    /// <summary>
    /// The same program from another file, which calls itself as before. When it is gone, from the copy that a removal of the packages leaves
    /// (<see cref="Init.InitProtocol.RemovedPrograms"/>).
    /// </summary>
    /// <param name="path">With a NUL behind it, as literals have.</param>
    public int Start(ReadOnlySpan<byte> path)
    {
        int pid, error;
        fixed (byte* p = path) { error = LibC.posix_spawn(&pid, p, _actions, _attributes, _argv.Vector, _environment.Vector); }
        if (error == Errno.ENOENT.Value) { error = LibC.posix_spawn(&pid, _removed.Vector[0], _actions, _attributes, _argv.Vector, _environment.Vector); }
        if (error == 0) { return pid; }
        Log.Fail(Log.Error, "cannot start "u8, _argv[0], new Errno(error));
        return 0;
    }
}
