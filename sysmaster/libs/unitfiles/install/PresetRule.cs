using System.Collections.Immutable;

namespace SysMaster.UnitFiles.Install;

/// <summary>One line of a preset file.</summary>
/// <param name="Action">What it asks for.</param>
/// <param name="Pattern">Which units: a glob on names.</param>
/// <param name="Instances">For "enable x@.service a b": the instances meant. Else empty.</param>
public sealed record PresetRule(PresetAction Action, string Pattern, ImmutableArray<string> Instances);
