using System.Text;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>Other programs, started with the descriptors that we say and waited for when we like.</summary>
internal sealed unsafe class ChildProcess
{
    private readonly int _pid;

    private ChildProcess(int pid) => _pid = pid;

    public int Pid => _pid;

    /// <param name="words">The program, found on $PATH unless it has a slash, and its arguments.</param>
    /// <param name="environment">Added to ours, "NAME=value".</param>
    /// <param name="descriptors">From ours to the child's.</param>
    public static Result<ChildProcess> Start(string[] words, IEnumerable<string>? environment = null, params ReadOnlySpan<(int From, int To)> descriptors)
    {
        if (Find(words[0]) is not { } path) { return Errno.ENOENT; }
        using var arguments = new CStrings(words);
        using var variables = new CStrings(Merged(environment));
        byte* attributes = stackalloc byte[LibC.SizeOfSpawnAttributes];
        byte* actions = stackalloc byte[LibC.SizeOfSpawnActions];
        byte* all = stackalloc byte[LibC.SizeOfSigset], none = stackalloc byte[LibC.SizeOfSigset];
        new Span<byte>(none, LibC.SizeOfSigset).Clear();
        new Span<byte>(all, LibC.SizeOfSigset).Fill(0xff);
        _ = LibC.posix_spawnattr_init(attributes);
        _ = LibC.posix_spawnattr_setflags(attributes, LibC.POSIX_SPAWN_SETSIGMASK | LibC.POSIX_SPAWN_SETSIGDEF);
        _ = LibC.posix_spawnattr_setsigmask(attributes, none);
        // The runtime ignores SIGPIPE; a pager or an editor must not inherit that.
        _ = LibC.posix_spawnattr_setsigdefault(attributes, all);
        _ = LibC.posix_spawn_file_actions_init(actions);
        foreach ((int from, int to) in descriptors) { _ = LibC.posix_spawn_file_actions_adddup2(actions, from, to); }
        int pid, error;
        fixed (byte* file = path.CString) { error = LibC.posix_spawn(&pid, file, actions, attributes, arguments.Pointer, variables.Pointer); }
        _ = LibC.posix_spawn_file_actions_destroy(actions);
        _ = LibC.posix_spawnattr_destroy(attributes);
        return error == 0 ? new ChildProcess(pid) : new Errno(error);
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code; 128 and the signal where one ended it.</returns>
    public int Wait()
    {
        siginfo_t info = default;
        int n;
        do { n = LibC.waitid(LibC.P_PID, _pid, &info, LibC.WEXITED); }
        while (n < 0 && Errno.Last == Errno.EINTR);
        if (n < 0) { return 1; }
        return info.si_code == LibC.CLD_EXITED ? info.si_status : 128 + info.si_status;
    }

    public void Signal(int signal) => _ = LibC.kill(_pid, signal);

    /// <summary>Runs a program in our place: returns only when it cannot.</summary>
    public static Errno Replace(string[] words)
    {
        if (Find(words[0]) is not { } path) { return Errno.ENOENT; }
        Stdio.Flush();
        using var arguments = new CStrings(words);
        using var variables = new CStrings(Merged(null));
        fixed (byte* file = path.CString) { _ = LibC.execve(file, arguments.Pointer, variables.Pointer); }
        return Errno.Last;
    }

    /// <summary>Where a program lies; null when it is nowhere.</summary>
    public static ByteText? Find(string program)
    {
        if (program.Contains('/', StringComparison.Ordinal)) { return Executable(program); }
        string path = Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        foreach (string directory in path.Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Executable($"{directory}/{program}") is { } found) { return found; }
        }
        return null;
    }

    private static ByteText? Executable(string path) => Sys.Access(new ByteText(path), 1).Failed ? null : new ByteText(path);

    private static List<string> Merged(IEnumerable<string>? added)
    {
        var all = new Dictionary<string, string>();
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            all[(string)variable.Key] = (string?)variable.Value ?? "";
        }
        foreach (string assignment in added ?? [])
        {
            int equals = assignment.IndexOf('=', StringComparison.Ordinal);
            all[assignment[..equals]] = assignment[(equals + 1)..];
        }
        return [.. all.Select(v => $"{v.Key}={v.Value}")];
    }

    /// <summary>An array of C strings with a null at its end, outside the collector's reach.</summary>
    private sealed class CStrings : IDisposable
    {
        private readonly int _count;

        public CStrings(IReadOnlyList<string> texts)
        {
            _count = texts.Count;
            Pointer = (byte**)System.Runtime.InteropServices.NativeMemory.Alloc((nuint)(_count + 1), (nuint)sizeof(byte*));
            for (int i = 0; i < _count; i++)
            {
                int length = Encoding.UTF8.GetByteCount(texts[i]);
                Pointer[i] = (byte*)System.Runtime.InteropServices.NativeMemory.Alloc((nuint)length + 1);
                Encoding.UTF8.GetBytes(texts[i], new Span<byte>(Pointer[i], length));
                Pointer[i][length] = 0;
            }
            Pointer[_count] = null;
        }

        public byte** Pointer { get; }

        public void Dispose()
        {
            for (int i = 0; i < _count; i++) { System.Runtime.InteropServices.NativeMemory.Free(Pointer[i]); }
            System.Runtime.InteropServices.NativeMemory.Free(Pointer);
        }
    }
}
