namespace SysMaster.Spawn.Exec;

/// <summary>The prefixes before a command line, man 5 systemd.service.</summary>
[Flags]
public enum ExecFlags
{
    None = 0,

    /// <summary>"-": a missing executable is success.</summary>
    IgnoreFailure = 1,

    /// <summary>"+": no user, group, capability, sandbox settings.</summary>
    FullyPrivileged = 2,

    /// <summary>"!": user, group and capabilities are not applied; sandboxing is.</summary>
    NoSetuid = 4,

    /// <summary>"!!": as "!" only where ambient capabilities are missing, else nothing.</summary>
    AmbientMagic = 8,

    /// <summary>$NAME and ${NAME} in the arguments are replaced (absent with ":").</summary>
    ExpandArguments = 16,

    /// <summary>This command is not the main one (ExecStartPre=, ExecReload=, …): StandardInput= terminals are not taken.</summary>
    Control = 32,

    /// <summary>The root directory is not entered (RootDirectoryStartOnly= and this is not the main command).</summary>
    NoRoot = 64,

    /// <summary>Credentials are written for this command.</summary>
    WriteCredentials = 128,

    /// <summary>It stays in our process group, for autofs to know it: mount(8) must not wait for the automount that it serves.</summary>
    SameProcessGroup = 256,
}
