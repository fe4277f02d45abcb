using SysMaster.Savepoint;

namespace SysMaster.Core;

/// <summary>The kinds of record in the savepoint. Never reuse one.</summary>
public static class RecordKinds
{
    /// <summary>One unit; keyed by name.</summary>
    public const ushort Unit = 1;

    /// <summary>The manager itself; key "manager".</summary>
    public const ushort Manager = 2;

    /// <summary>The queued job of a unit; keyed by its name.</summary>
    public const ushort Job = 3;

    /// <summary>A connection of the bus layer; keyed by its number.</summary>
    public const ushort Connection = 4;

    /// <summary>A call that waits for its answer; keyed by ticket.</summary>
    public const ushort Call = 5;

    /// <summary>Who holds a unit or waits for its job; keyed by the unit's name.</summary>
    public const ushort Holders = 6;

    /// <summary>Who gets signals on the message bus; key "subscribers".</summary>
    public const ushort Subscribers = 7;

    /// <summary>The record of a unit at which managers have died, for diagnosis; keyed by the unit's name.</summary>
    public const ushort SetAside = 8;

    /// <summary>One past recovery; keyed by the number of its start.</summary>
    public const ushort Recovery = 9;

    /// <summary>Changes of units' states that one commit held; keyed by a rising number, u32 with the highest byte first.</summary>
    public const ushort History = 10;

    /// <summary>There was another log before this one, and what runs was not taken over yet; key "log".</summary>
    public const ushort Lost = 11;

    /// <summary>Stands for the kinds that later builds will add (<see cref="Schema"/>).</summary>
    public const ushort OfLaterSchema = 60000;
}
