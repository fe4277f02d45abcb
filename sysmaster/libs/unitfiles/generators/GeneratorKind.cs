namespace SysMaster.UnitFiles.Generators;

/// <summary>man 7 systemd.generator, man 7 systemd.environment-generator.</summary>
public enum GeneratorKind
{
    /// <summary>Writes unit files: /usr/lib/systemd/system-generators.</summary>
    System,

    /// <summary>/usr/lib/systemd/user-generators.</summary>
    User,

    /// <summary>Prints variables for the manager: /usr/lib/systemd/system-environment-generators.</summary>
    SystemEnvironment,

    /// <summary>/usr/lib/systemd/user-environment-generators.</summary>
    UserEnvironment,
}
