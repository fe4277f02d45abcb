global using LogLevel = SysMaster.Core.Logging.LogLevel;
