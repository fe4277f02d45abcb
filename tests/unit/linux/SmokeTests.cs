namespace SysMaster.Linux.Tests;
