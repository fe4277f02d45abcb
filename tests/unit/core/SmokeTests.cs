namespace SysMaster.Core.Tests;
