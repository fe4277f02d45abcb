namespace SysMaster.UnitFiles.Tests;

/// <summary>Tests that read or set the process's time zone run one after the other.</summary>
[CollectionDefinition("time zone", DisableParallelization = true)]
public sealed class TimeZoneCollection;
