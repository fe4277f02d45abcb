global using LogLevel = SysMaster.Core.Logging.LogLevel;
global using LogTarget = SysMaster.Core.Logging.LogTarget;
global using ShowStatus = SysMaster.Core.Status.ShowStatus;
global using StatusUnitFormat = SysMaster.Core.Status.StatusUnitFormat;
