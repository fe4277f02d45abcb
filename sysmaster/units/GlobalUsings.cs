global using ExitStatusSet = SysMaster.Core.Directives.ExitStatusSet;
global using LogLevel = SysMaster.Core.Logging.LogLevel;
