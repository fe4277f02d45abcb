namespace SysMaster.Events.Tests;
