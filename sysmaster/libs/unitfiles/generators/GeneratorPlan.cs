using System.Collections.Immutable;
using SysMaster.Linux;

namespace SysMaster.UnitFiles.Generators;

/// <summary>One generator to run. Standard input is /dev/null, the directory /, the umask 0022.</summary>
/// <param name="Path">The program.</param>
/// <param name="Arguments">argv, the program's path first; then the three output directories, for a generator of units.</param>
public sealed record GeneratorPlan(ByteText Path, ImmutableArray<ByteText> Arguments);
