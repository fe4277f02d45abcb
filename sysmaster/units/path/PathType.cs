namespace SysMaster.Units.Path;

/// <summary>What a path unit waits for.</summary>
public enum PathType
{
    PathExists,
    PathExistsGlob,
    DirectoryNotEmpty,
    PathChanged,
    PathModified,
}
