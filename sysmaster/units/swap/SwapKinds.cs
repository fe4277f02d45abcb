using SysMaster.Core.Directives;

namespace SysMaster.Units.Swap;

/// <summary>The kinds of values that only [Swap] has.</summary>
internal static class SwapKinds
{
    public static readonly Kind<int> Priority = new IntKind(-1, 32_767, "Invalid swap priority '", "', ignoring.", emptyResets: true);
}
