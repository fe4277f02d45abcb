namespace SysMaster.Savepoint.Tests;
