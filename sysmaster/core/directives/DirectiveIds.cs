namespace SysMaster.Core.Directives;

/// <summary>
/// Where each table's ids begin. A unit has one table of its own type beside the shared ones, so all type tables begin at the same id.
/// Constants, not a counter: the tables stay free of run-time construction order.
/// </summary>
public static class DirectiveIds
{
    public const ushort Unit = 1;
    public const ushort Install = 192;
    public const ushort Exec = 224;
    public const ushort Kill = 576;
    public const ushort Cgroup = 608;
    public const ushort Manager = 1;

    /// <summary>The table of a unit type itself.</summary>
    public const ushort Type = 768;
}
