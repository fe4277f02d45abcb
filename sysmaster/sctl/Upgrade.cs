using SysMaster.DBus.Client;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.Spawn.Init;
using SysMaster.Spawn.Pid1;

namespace SysMaster.Sctl;

/// <summary>
/// The change to another build of init, manager and executor under everything that runs, and back if it does not come up. The order:
/// <code>
///   the new build reads copies of the present state    nothing is changed yet; a build that cannot is refused
///   what runs now is kept in previous/, the new build's files take the places of the old, each by a rename
///   the manager starts anew; it must be the new file and answer on D-Bus within the time
///   init executes its new file
/// </code>
/// If the manager does not answer, the kept files come back, what was new goes to failed/, and manager and executor are ended; init starts the old ones.
/// It is a client like others: the running units, their sockets and those who wait for jobs go on through it.
/// </summary>
internal sealed class Upgrade(TextWriter output, int timeoutMsec)
{
    private const string Installed = "/usr/lib/sysmaster";
    private const string Previous = Installed + "/previous";
    private const string Failed = Installed + "/failed";
    private const int CheckTimeoutMsec = 30_000;
    private const int ReturnTimeoutMsec = 30_000;   // init waits longer and longer before it starts one that has failed
    private const int SIGKILL = 9;
    private const int TableFd = 32;

    private readonly List<string> _changed = [];

    /// <param name="folder">Where the new build lies; null: it is installed already, over the one that runs.</param>
    /// <returns>What went wrong, for people; null when the new build runs.</returns>
    public string? Run(string? folder)
    {
        string build = folder ?? Installed;
        List<string> names = [.. Directory.GetFiles(build).Select(p => Path.GetFileName(p)!).Where(n => !n.EndsWith(".new", StringComparison.Ordinal))];
        if (!names.Contains("sysmaster")) { return $"{build} has no program sysmaster in it."; }
        if (Check(build, names) is { } refusal) { return $"The new build was refused, nothing was changed: {refusal}"; }
        uint? before = Recoveries();
        if (before is null) { return "The running manager does not answer; nothing was changed."; }
        Install(folder, names);
        output.WriteLine("The manager starts anew.");
        _ = Call("/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", "Reexecute");
        if (!Answers(before.Value, timeoutMsec)) { return RollBack(before.Value); }
        if (Call("/org/sysmaster/recovery", "org.sysmaster.Recovery", "RenewInit") is { } failure) { output.WriteLine($"init goes on as it is until the next boot: {failure}"); }
        return Answers(before.Value, timeoutMsec) ? null : RollBack(before.Value);
    }

    private static string? Check(string build, List<string> names)
    {
        List<OwnedFd> log = Memfds("sysmaster-savepoint"), table = Memfds("sysmaster-init");
        if (log.Count < 2 || table.Count < 1) { return "PID 1 is no sysmaster, or keeps no state."; }
        string? refusal = Passes($"{build}/sysmaster", (log[0], 3), (log[1], 4));
        if (refusal is null && names.Contains("sysmaster-executor")) { refusal = Passes($"{build}/sysmaster-executor"); }
        if (refusal is null && names.Contains("init")) { refusal = Passes($"{build}/init", (table[0], TableFd)); }
        log.ForEach(fd => fd.Dispose());
        table.ForEach(fd => fd.Dispose());
        return refusal;
    }

    /// <summary>The program's own test, with copies of the state where it looks for them.</summary>
    private static string? Passes(string program, params (OwnedFd Fd, int Number)[] state)
    {
        var words = Words.Of(new ByteText(program).Span);
        words.Add("--check-state"u8);
        var child = new Child(words, Words.FromProc("/proc/self/environ"u8), 0, onConsole: false);
        int last = 2;
        // Not where an earlier one is still to be passed from.
        foreach ((OwnedFd fd, int number) in state)
        {
            int high = LibC.fcntl(fd.Value, LibC.F_DUPFD_CLOEXEC, 100);
            child.Pass(high, number);
            last = number;
        }
        child.CloseFrom(last + 1);
        int pid = child.Start();
        if (pid == 0) { return $"{program} cannot be started."; }
        return Wait(pid) switch
        {
            null => $"{program} did not end its test within {CheckTimeoutMsec / 1000} s.",
            0 => null,
            int code => $"{program} failed its test ({(code < 0 ? $"signal {-code}" : $"status {code}")}).",
        };
    }

    /// <returns>Exit status, or the signal below zero; null when it took too long and was killed.</returns>
    private static unsafe int? Wait(int pid)
    {
        for (int waited = 0; ; waited += 10)
        {
            siginfo_t info = default;
            int options = LibC.WEXITED | (waited > CheckTimeoutMsec ? 0 : LibC.WNOHANG);
            if (LibC.waitid(LibC.P_PID, pid, &info, options) != 0) { return -1; }
            if (info.si_pid == pid) { return waited > CheckTimeoutMsec ? null : info.si_code == LibC.CLD_EXITED ? info.si_status : -info.si_status; }
            if (waited + 10 > CheckTimeoutMsec) { _ = LibC.kill(pid, SIGKILL); }
            Thread.Sleep(10);
        }
    }

    /// <summary>Copies of what PID 1 keeps under this name; its own are left alone.</summary>
    private static List<OwnedFd> Memfds(string name)
    {
        var found = new List<OwnedFd>();
        foreach (string path in Directory.GetFiles("/proc/1/fd").OrderBy(p => int.Parse(Path.GetFileName(p), System.Globalization.CultureInfo.InvariantCulture)))
        {
            if (LinkOf(path) != $"/memfd:{name}{Deleted}") { continue; }
            Result<OwnedFd> copy = Sys.MemoryFile("sctl-upgrade"u8, File.ReadAllBytes(path));
            if (!copy.Failed) { found.Add(copy.Value); }
        }
        return found;
    }

    private void Install(string? folder, List<string> names)
    {
        Directory.CreateDirectory(Previous);
        if (folder is null)
        {
            // Installed over what runs: of that only the processes still have the files.
            foreach (int pid in new[] { 1, CorePid, ExecutorPid })
            {
                string exe = $"/proc/{pid}/exe", was = LinkOf(exe);
                if (pid > 0 && was.EndsWith(Deleted, StringComparison.Ordinal)) { Put(exe, $"{Previous}/{Path.GetFileName(was[..^Deleted.Length])}"); }
            }
            _changed.AddRange(names.Where(n => File.Exists($"{Previous}/{n}")));
            return;
        }
        foreach (string name in names)
        {
            string place = $"{Installed}/{name}";
            byte[] content = File.ReadAllBytes($"{folder}/{name}");   // before previous/ changes: it may be the folder
            if (File.Exists(place))
            {
                if (content.AsSpan().SequenceEqual(File.ReadAllBytes(place))) { continue; }
                Put(place, $"{Previous}/{name}");
            }
            Write(content, place);
            _changed.Add(name);
        }
        output.WriteLine(_changed.Count == 0 ? "The build is the installed one already." : $"Installed: {string.Join(' ', _changed)}");
    }

    private static void Put(string from, string to) => Write(File.ReadAllBytes(from), to);

    /// <summary>Whole or not at all: beside its place, on disk, then renamed.</summary>
    private static void Write(byte[] content, string to)
    {
        using (var file = new FileStream(to + ".new", FileMode.Create, FileAccess.Write))
        {
            _ = LibC.fchmod((int)file.SafeFileHandle.DangerousGetHandle(), 0x1ED);
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(to + ".new", to, overwrite: true);
    }

    private string RollBack(uint before)
    {
        output.WriteLine($"The new manager has not answered within {timeoutMsec / 1000} s; the build before comes back.");
        Directory.CreateDirectory(Failed);
        foreach (string name in _changed)
        {
            if (!File.Exists($"{Previous}/{name}")) { continue; }
            Put($"{Installed}/{name}", $"{Failed}/{name}");
            File.Move($"{Previous}/{name}", $"{Installed}/{name}", overwrite: true);
        }
        if (CorePid is > 0 and var core) { _ = LibC.kill(core, SIGKILL); }
        return Answers(before, ReturnTimeoutMsec)
            ? $"The new build was taken back, the one before runs. What failed lies in {Failed}."
            : $"The new build was taken back, but the one before does not answer either. What failed lies in {Failed}.";
    }

    /// <summary>Whether the installed manager answers: one that was started since, from the file that is there now.</summary>
    private static bool Answers(uint before, int timeoutMsec)
    {
        for (int waited = 0; waited <= timeoutMsec; waited += 20)
        {
            if (CorePid is > 0 and var core && LinkOf($"/proc/{core}/exe") == InitProtocol.CorePath && Recoveries(timeoutMsec - waited) > before) { return true; }
            Thread.Sleep(20);
        }
        return false;
    }

    private static int CorePid => ChildOfInit(isExecutor: false);

    private static int ExecutorPid => ChildOfInit(isExecutor: true);

    /// <summary>In init's own control group: what the executor has forked for a unit is in that unit's.</summary>
    private static int ChildOfInit(bool isExecutor)
    {
        string group = File.ReadAllText("/proc/1/cgroup");
        foreach (string word in File.ReadAllText("/proc/1/task/1/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(word, out int pid)) { continue; }
            if (LinkOf($"/proc/{pid}/exe").StartsWith(InitProtocol.ExecutorPath, StringComparison.Ordinal) == isExecutor
                && Sys.ReadFile(new ByteText($"/proc/{pid}/cgroup")) is { Failed: false } its && System.Text.Encoding.UTF8.GetString(its.Value) == group) { return pid; }
        }
        return 0;
    }

    private const string Deleted = " (deleted)";

    /// <summary>Where a link of /proc leads; empty when it cannot be read.</summary>
    private static string LinkOf(string path) => Sys.ReadLink(new ByteText(path)) is { Failed: false } link ? link.Value.ToString() : "";

    /// <summary>NRecoveries; null when nobody answers.</summary>
    private static uint? Recoveries(int timeout = 5000)
    {
        uint? n = null;
        _ = ManagerBus.Once("/org/sysmaster/recovery", Caller.PropertiesInterface, "Get", "ss", static w => { w.WriteString("org.sysmaster.Recovery"); w.WriteString("NRecoveries"); }, "v", reader => n = reader.BeginVariant().SequenceEqual("u"u8) ? reader.ReadUInt32() : null, Math.Max(timeout, 1));
        return n;
    }

    private static string? Call(string path, string face, string member) => ManagerBus.Once(path, face, member, "", null, "", static _ => { }, 5000);
}
