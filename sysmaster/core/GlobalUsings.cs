// The journal's levels; the directive of the same name has its own type in Directives.
global using LogLevel = SysMaster.Core.Logging.LogLevel;
