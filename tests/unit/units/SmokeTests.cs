namespace SysMaster.Units.Tests;
