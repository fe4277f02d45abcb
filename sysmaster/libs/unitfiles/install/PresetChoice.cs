using System.Collections.Immutable;

namespace SysMaster.UnitFiles.Install;

/// <summary>What the presets say about one unit.</summary>
/// <param name="Action">The first rule that fits; enable where none does.</param>
/// <param name="Instances">For a template: the instances to enable in its place. Empty where the unit itself is meant.</param>
public readonly record struct PresetChoice(PresetAction Action, ImmutableArray<UnitName> Instances);
