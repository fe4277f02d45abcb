using SysMaster.Linux;

namespace SysMaster.Cgroups;

/// <summary>One v1 tree.</summary>
/// <param name="Mount">Where it is mounted.</param>
/// <param name="Controllers">What it controls.</param>
/// <param name="IsWritable">Mounted read-write.</param>
public sealed record CgroupHierarchy(ByteText Mount, CgroupControllers Controllers, bool IsWritable);
