namespace SysMaster.UnitFiles.Install;

/// <summary>How an operation on unit files is done. The numbers are those of EnableUnitFilesWithFlags().</summary>
[Flags]
public enum InstallFlags : ulong
{
    None = 0,

    /// <summary>In /run, gone after a reboot.</summary>
    Runtime = 1,

    /// <summary>Replace links that are in the way.</summary>
    Force = 2,

    /// <summary>For portable services: in the .attached directories.</summary>
    Portable = 4,
}
