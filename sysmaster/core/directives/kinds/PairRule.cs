namespace SysMaster.Core.Directives;

/// <summary>What the two halves of a pair are.</summary>
public enum PairRule
{
    /// <summary>TemporaryFileSystem=: path and mount options.</summary>
    PathAndOptions,

    /// <summary>RootImageOptions=: partition and mount options.</summary>
    PartitionAndOptions,

    /// <summary>LoadCredential=: ID and path; one a line.</summary>
    IdAndPath,

    /// <summary>BPFProgram=: attach point and path; one a line.</summary>
    AttachAndPath,

    /// <summary>DeviceAllow=: device and permissions, separated by a blank; one a line.</summary>
    DeviceAndPermissions,
}
