namespace SysMaster.Core.Directives;

/// <summary>What a text must look like.</summary>
public enum TextRule
{
    Any,

    /// <summary>Absolute, without "..": simplified.</summary>
    Path,

    /// <summary>Absolute, or relative to the runtime directory of the manager (PIDFile=).</summary>
    RunPath,

    /// <summary>A user or group name, or a numeric ID.</summary>
    User,

    /// <summary>A D-Bus name.</summary>
    BusName,

    /// <summary>A network interface.</summary>
    Interface,

    /// <summary>A name for descriptors: no control character, no colon.</summary>
    FdName,

    /// <summary>A journal namespace, or anything else that must do as a file name.</summary>
    FileName,

    /// <summary>An instance of a template.</summary>
    Instance,

    /// <summary>personality(2) as a word.</summary>
    Personality,
}
