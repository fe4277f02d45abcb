namespace SysMaster.Core.Boot;

/// <summary>One switch of the kernel command line.</summary>
/// <param name="Key">With underscores; dashes are the same.</param>
/// <param name="NeedsValue">Without "=" it is refused; else the value is null then.</param>
/// <param name="Apply">False for a value it does not know.</param>
internal sealed record BootSwitch(string Key, bool NeedsValue, Func<BootOptions, string?, bool> Apply);
