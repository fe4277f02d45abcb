using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Core.Directives;

/// <summary>One line of OpenFile=.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Name">Of the descriptor; the file's own unless said.</param>
/// <param name="Options">How it is opened.</param>
public readonly record struct OpenFileSpec(ByteText Path, ByteText Name, ExecOpenOptions Options);
