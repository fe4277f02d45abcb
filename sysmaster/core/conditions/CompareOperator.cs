namespace SysMaster.Core.Conditions;

/// <summary>The operators of KernelVersion, OSRelease, Memory, CPUs and the SMBIOS test.</summary>
internal enum CompareOperator
{
    None,
    Glob,
    NotGlob,
    StringEqual,
    StringUnequal,
    Lower,
    LowerOrEqual,
    Equal,
    Unequal,
    GreaterOrEqual,
    Greater,
}
