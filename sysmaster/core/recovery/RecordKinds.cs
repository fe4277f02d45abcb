namespace SysMaster.Core;

/// <summary>The kinds of record in the savepoint. Never reuse one.</summary>
internal static class RecordKinds
{
    /// <summary>One unit with its job; keyed by name.</summary>
    public const ushort Unit = 1;

    /// <summary>The manager itself; key "manager".</summary>
    public const ushort Manager = 2;

    /// <summary>One queued job; keyed by unit name and "/" and its slot.</summary>
    public const ushort Job = 3;
}
