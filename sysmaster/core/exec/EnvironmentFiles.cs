using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>EnvironmentFile=: read when the process starts, never before. Globs are allowed.</summary>
internal static class EnvironmentFiles
{
    private const int Limit = 4 << 20;

    public static void Read(Unit unit, OptionalPath file, List<ByteText> block)
    {
        foreach (ByteText path in Glob.Expand(file.Path))
        {
            Result<byte[]> content = Sys.ReadFile(path, Limit);
            if (content.Failed)
            {
                if (!file.MayBeMissing) { Log.Warning(unit, $"Failed to load environment file {path.ToString()}: {content.Error.ToString()}"); }
                continue;
            }
            foreach (ByteText assignment in EnvironmentFileText.Parse(content.Value, out List<string>? problems))
            {
                block.Add(assignment);
                foreach (string problem in problems ?? []) { Log.Warning(unit, $"{path.ToString()}: {problem}"); }
                problems = null;
            }
        }
    }
}
