namespace SysMaster.UnitFiles.Tests;
