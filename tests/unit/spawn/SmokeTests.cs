namespace SysMaster.Spawn.Tests;
