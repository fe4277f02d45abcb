namespace SysMaster.DBus.Systemd1.Tests;
