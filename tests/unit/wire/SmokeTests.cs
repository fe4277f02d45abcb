namespace SysMaster.DBus.Wire.Tests;
