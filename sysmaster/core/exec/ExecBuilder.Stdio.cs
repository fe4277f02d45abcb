using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Core;

/// <summary>Standard streams, terminal, descriptors.</summary>
internal static partial class ExecBuilder
{
    private static Errno AddStdio(Manager manager, SpawnContext spawn, ExecRequest request)
    {
        SettingsBag set = spawn.Unit.Settings;
        ExecInputSpec input = set.Get(ExecDirectives.StandardInput);
        request.StdinData = set.Get(ExecDirectives.StandardInputData);
        request.Stdin = input.From == ExecInput.Data && request.StdinData.Length == 0 ? new ExecStream(ExecStreamKind.Null) : Input(spawn, input);
        if (spawn.SocketFd >= 0) { request.StdioSocket = spawn.Fds.IndexOf(spawn.SocketFd); }
        if (spawn.IsControl && request.Stdin.Kind is ExecStreamKind.Socket && spawn.SocketFd < 0) { request.Stdin = new ExecStream(ExecStreamKind.Null); }
        request.Stdout = Output(spawn, StandardStreams.OutputOf(manager, set));
        ExecOutputSpec error = set.IsSet(ExecDirectives.StandardError) ? set.Get(ExecDirectives.StandardError) : manager.DefaultError;
        request.Stderr = Output(spawn, error);
        if (!spawn.IsControl && LacksNamed(spawn, input, StandardStreams.OutputOf(manager, set), error))
        {
            Log.Error(spawn.Unit, $"Failed to load a named file descriptor: {Errno.ENOENT}");
            return Errno.ENOENT;
        }
        bool wantsSocket = request.Stdin.Kind is ExecStreamKind.Socket || request.Stdout.Kind is ExecStreamKind.Socket || request.Stderr.Kind is ExecStreamKind.Socket;
        if (wantsSocket && request.StdioSocket < 0)
        {
            if (spawn.SocketCount != 1)
            {
                Log.Error(spawn.Unit, $"Got {(spawn.SocketCount > 1 ? "more than one" : "no")} socket.");
                return Errno.EINVAL;
            }
            request.StdioSocket = 0;
        }
        ByteText space = set.Get(ExecDirectives.LogNamespace);
        if (!space.IsEmpty) { request.JournalSocket = new ByteText($"/run/systemd/journal.{space.ToString()}/stdout"); }
        request.TtyPath = set.Get(ExecDirectives.TTYPath);
        request.TtyReset = set.Get(ExecDirectives.TTYReset);
        request.TtyVHangup = set.Get(ExecDirectives.TTYVHangup);
        request.TtyVtDisallocate = set.Get(ExecDirectives.TTYVTDisallocate);
        if (set.IsSet(ExecDirectives.TTYRows)) { request.TtyRows = (int)set.Get(ExecDirectives.TTYRows); }
        if (set.IsSet(ExecDirectives.TTYColumns)) { request.TtyColumns = (int)set.Get(ExecDirectives.TTYColumns); }
        request.SyslogIdentifier = set.Get(ExecDirectives.SyslogIdentifier);
        request.SyslogPriority = set.Get(ExecDirectives.SyslogPriority);
        request.SyslogLevelPrefix = set.Get(ExecDirectives.SyslogLevelPrefix);
        // A socket that is a standard stream is all that the program gets.
        request.SocketFds = wantsSocket ? 0 : spawn.SocketCount;
        request.StoredFds = wantsSocket ? 0 : spawn.Fds.Count - spawn.SocketCount;
        request.FdNames = new ByteText[wantsSocket ? 0 : spawn.FdNames.Count];
        for (int i = 0; i < request.FdNames.Length; i++) { request.FdNames[i] = new ByteText(spawn.FdNames[i]); }
        request.OpenFiles = Array.ConvertAll(spawn.OpenFiles, static f => new ExecOpenFile(f.Path, f.Name, f.Options));
        request.NonBlocking = set.Get(ExecDirectives.NonBlocking);
        AddGivenStdio(spawn, request);
        return Errno.None;
    }

    /// <summary>Descriptors that a client passed for the three streams go after all others.</summary>
    private static void AddGivenStdio(SpawnContext spawn, ExecRequest request)
    {
        if (spawn.Unit.GivenStdio is not { } given || spawn.IsControl) { return; }
        for (int i = 0; i < given.Length; i++)
        {
            if (given[i] is not { IsValid: true } fd) { continue; }
            var stream = new ExecStream(ExecStreamKind.Fd, default, spawn.Fds.Count);
            spawn.Fds.Add(fd.Value);
            if (i == 0) { request.Stdin = stream; }
            else if (i == 1) { request.Stdout = stream; }
            else { request.Stderr = stream; }
        }
    }

    private static ExecStream Input(SpawnContext spawn, ExecInputSpec spec) => spec.From switch
    {
        ExecInput.Tty => new ExecStream(ExecStreamKind.Tty),
        ExecInput.TtyForce => new ExecStream(ExecStreamKind.TtyForce),
        ExecInput.TtyFail => new ExecStream(ExecStreamKind.TtyFail),
        ExecInput.Socket => new ExecStream(ExecStreamKind.Socket),
        ExecInput.Fd => Named(spawn, spec.Argument, "stdin"),
        ExecInput.Data => new ExecStream(ExecStreamKind.Data),
        ExecInput.File => new ExecStream(ExecStreamKind.File, spec.Argument),
        _ => new ExecStream(ExecStreamKind.Null),
    };

    private static ExecStream Output(SpawnContext spawn, ExecOutputSpec spec) => spec.To switch
    {
        ExecOutput.Inherit => new ExecStream(ExecStreamKind.Inherit),
        ExecOutput.Null => new ExecStream(ExecStreamKind.Null),
        ExecOutput.Tty => new ExecStream(ExecStreamKind.Tty),
        ExecOutput.Kmsg => new ExecStream(ExecStreamKind.Kmsg),
        ExecOutput.KmsgAndConsole => new ExecStream(ExecStreamKind.KmsgAndConsole),
        ExecOutput.Journal => new ExecStream(ExecStreamKind.Journal),
        ExecOutput.JournalAndConsole => new ExecStream(ExecStreamKind.JournalAndConsole),
        ExecOutput.Socket => new ExecStream(ExecStreamKind.Socket),
        ExecOutput.Fd => Named(spawn, spec.Argument, "stdout"),
        ExecOutput.File => new ExecStream(ExecStreamKind.File, spec.Argument),
        ExecOutput.Append => new ExecStream(ExecStreamKind.Append, spec.Argument),
        _ => new ExecStream(ExecStreamKind.Truncate, spec.Argument),
    };

    /// <summary>A stream is to be a descriptor that was not passed.</summary>
    private static bool LacksNamed(SpawnContext spawn, ExecInputSpec input, ExecOutputSpec output, ExecOutputSpec error)
        => input.From == ExecInput.Fd && Named(spawn, input.Argument, "stdin").Kind == ExecStreamKind.Null
            || output.To == ExecOutput.Fd && Named(spawn, output.Argument, "stdout").Kind == ExecStreamKind.Null
            || error.To == ExecOutput.Fd && Named(spawn, error.Argument, "stderr").Kind == ExecStreamKind.Null;

    /// <summary>fd:NAME, one of the passed sockets by its name.</summary>
    private static ExecStream Named(SpawnContext spawn, ByteText name, string byDefault)
    {
        string wanted = name.IsEmpty ? byDefault : name.ToString();
        int at = spawn.FdNames.IndexOf(wanted);
        return at < 0 ? new ExecStream(ExecStreamKind.Null) : new ExecStream(ExecStreamKind.Fd, default, at);
    }
}
