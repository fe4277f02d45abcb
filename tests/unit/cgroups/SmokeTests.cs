namespace SysMaster.Cgroups.Tests;
