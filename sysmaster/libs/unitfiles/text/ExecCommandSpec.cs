using SysMaster.Linux;

namespace SysMaster.UnitFiles;

/// <summary>One command of an Exec…= line: specifiers expanded, $VARIABLES not yet. <see cref="Argv"/> has at least one word, and is not to be changed.</summary>
/// <param name="Path">Absolute and simplified, or a bare name to look for in the search path.</param>
/// <param name="Argv">With argument zero: the path as written, or with "@" the word after it.</param>
/// <param name="Flags">What the prefixes asked for.</param>
public sealed record ExecCommandSpec(ByteText Path, ByteText[] Argv, ExecCommandFlags Flags)
{
    public bool IsAbsolute => PathText.IsAbsolute(Path.Span);
}
