using SysMaster.Linux;

namespace SysMaster.UnitFiles.Install;

/// <summary>What an operation passed over: a bad line of a unit file, drop-in or preset, a link that cannot be what it claims to be. It goes on without.</summary>
/// <param name="Unit">Whose it is; empty for presets.</param>
/// <param name="File">With the root's prefix; empty where no file has it, but a link.</param>
/// <param name="Line">From 1; 0: the file as a whole.</param>
/// <param name="Text">As people know it.</param>
/// <param name="EndsFile">Nothing of the file was read after it.</param>
public readonly record struct InstallProblem(string Unit, ByteText File, int Line, string Text, bool EndsFile = false)
{
    /// <summary>The line to print.</summary>
    public override string ToString() => Line == 0 ? Text : $"{File}:{Line}: {Text}";
}
