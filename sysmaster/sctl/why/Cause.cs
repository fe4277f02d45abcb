namespace SysMaster.Sctl.Why;

/// <summary>One link of the chain: what is so, where it was written, and what it is so because of.</summary>
/// <param name="Unit">Whom it is about.</param>
/// <param name="Text">What is so, in words.</param>
/// <param name="Place">File and line, or a link; null where nothing was written.</param>
internal sealed record Cause(string Unit, string Text, string? Place)
{
    public List<Cause> Because { get; } = [];
}
