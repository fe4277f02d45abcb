global using BusError = SysMaster.Core.BusError;
