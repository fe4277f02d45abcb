using System.Globalization;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>One process about to be started: the command and what only the unit's type knows about it. The settings are read from the unit.</summary>
public sealed class SpawnContext(Unit unit, ProcessSlot slot, ExecCommandSpec command)
{
    public Unit Unit { get; } = unit;

    public ProcessSlot Slot { get; } = slot;

    public ExecCommandSpec Command { get; } = command;

    /// <summary>A helper of the unit (ExecStartPre=, ExecStop=…).</summary>
    public bool IsControl { get; init; }

    /// <summary>The main process is there, or was (ExecStartPost=, ExecReload=, ExecStop=…): in a delegated group there may be groups of its own.</summary>
    public bool FollowsMain { get; init; }

    public bool PassSockets { get; init; }

    /// <summary>It may take the terminal (TTYReset= and so on).</summary>
    public bool SetsTty { get; init; }

    /// <summary>Type=idle: waits until the queue of jobs is empty, five seconds at most.</summary>
    public bool IsIdle { get; init; }

    public bool NotifySocket { get; init; }

    /// <summary>Zero: no watchdog.</summary>
    public Usec WatchdogUsec { get; init; }

    /// <summary>PermissionsStartOnly=: neither user nor sandbox hold for this command, as with "+".</summary>
    public bool IsPrivileged { get; init; }

    /// <summary>Mount helpers run without.</summary>
    public bool ApplySandbox { get; init; } = true;

    /// <summary>RootDirectoryStartOnly=: this is not the main command and sees the host's root.</summary>
    public bool KeepsRoot { get; init; }

    /// <summary>It stays in the manager's process group (mount commands: autofs lets them pass).</summary>
    public bool SameProcessGroup { get; init; }

    /// <summary>Sockets first (<see cref="SocketCount"/> of them), then stored descriptors; borrowed.</summary>
    public List<int> Fds { get; } = [];

    public List<string> FdNames { get; } = [];

    public int SocketCount { get; set; }

    /// <summary>OpenFile=: after all of these.</summary>
    public Directives.OpenFileSpec[] OpenFiles { get; set; } = [];

    /// <summary>The connection of an Accept=yes instance, for StandardInput=socket; -1 for none.</summary>
    public int SocketFd { get; set; } = -1;

    /// <summary>"NAME=value", set by the type after the manager's own block.</summary>
    public List<ByteText> Variables { get; } = [];

    public void SetVariable(string name, string value) => Variables.Add(new ByteText($"{name}={value}"));

    public void SetVariable(string name, int value) => SetVariable(name, value.ToString(CultureInfo.InvariantCulture));

    public void SetVariable(string name, ByteText value)
    {
        var text = new ByteBuilder();
        text.AppendAscii(name);
        text.Append("="u8);
        text.Append(value.Span);
        Variables.Add(text.ToByteText());
        text.Dispose();
    }
}
