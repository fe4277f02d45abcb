using SysMaster.Linux;

namespace SysMaster.UnitFiles.Install;

/// <summary>A preset line that was passed over, or a file that cannot be read (line 0, with an errno).</summary>
/// <param name="File">With the root's prefix.</param>
/// <param name="Line">From 1; 0: the file itself.</param>
/// <param name="Text">The line.</param>
/// <param name="Error">Why a file cannot be read.</param>
public readonly record struct PresetProblem(ByteText File, int Line, string Text, Errno Error);
