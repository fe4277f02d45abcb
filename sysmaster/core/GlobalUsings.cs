// The journal's levels; the directive of the same name has its own type in Directives.
global using LogLevel = SysMaster.Core.Logging.LogLevel;
global using ExecDirectoryKind = SysMaster.Spawn.Exec.ExecDirectoryKind;
global using ExecRequest = SysMaster.Spawn.Exec.ExecRequest;
global using ExecFlags = SysMaster.Spawn.Exec.ExecFlags;
