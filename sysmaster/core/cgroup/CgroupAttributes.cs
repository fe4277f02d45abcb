namespace SysMaster.Core;

/// <summary>Which attributes of a control group follow from a unit's settings. Only what somebody set is ever written.</summary>
internal static class CgroupAttributes
{
    public static void Apply(Unit unit, string directory) => _ = (unit, directory);
}
