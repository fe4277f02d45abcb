namespace SysMaster.TestRigs;

/// <summary>A case for `./test --full`: minutes of its own, or a root file system that nothing else needs. Elsewhere it is skipped, with that reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FullFactAttribute : FactAttribute
{
    public FullFactAttribute() => Skip = Full.Reason;
}

/// <inheritdoc cref="FullFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FullTheoryAttribute : TheoryAttribute
{
    public FullTheoryAttribute() => Skip = Full.Reason;
}

internal static class Full
{
    public static string? Reason => Environment.GetEnvironmentVariable("SYSMASTER_FULL") == "1" ? null : "runs with ./test --full";
}
