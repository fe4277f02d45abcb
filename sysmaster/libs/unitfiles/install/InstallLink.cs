using SysMaster.Linux;

namespace SysMaster.UnitFiles.Install;

/// <summary>One link in the search path, for questions about who points to whom.</summary>
/// <param name="Directory">Index in the search path.</param>
/// <param name="Name">The link's own name.</param>
/// <param name="TargetName">The last part of its target.</param>
/// <param name="Owner">The ".wants" or ".requires" directory it lies in; empty directly in the search path.</param>
internal sealed record InstallLink(int Directory, ByteText Name, ByteText TargetName, ByteText Owner)
{
    public bool IsDependency => !Owner.IsEmpty;
}
