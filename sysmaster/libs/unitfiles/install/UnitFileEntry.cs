using SysMaster.Linux;

namespace SysMaster.UnitFiles.Install;

/// <summary>One line of <c>list-unit-files</c>.</summary>
/// <param name="Name">The unit file's name.</param>
/// <param name="Path">The first file of that name, with the root's prefix.</param>
/// <param name="State">Enabled, static, …</param>
public readonly record struct UnitFileEntry(UnitName Name, ByteText Path, UnitFileState State);
