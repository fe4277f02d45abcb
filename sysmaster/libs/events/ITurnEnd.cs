namespace SysMaster.Events;

/// <summary>Whoever owns the loop and has work at the end of each turn (the manager; in a test, the test).</summary>
public interface ITurnEnd
{
    /// <summary>Work is left over: the next turn does not sleep.</summary>
    bool HasWork { get; }

    void OnTurnEnd();
}
