using SysMaster.Core;
using SysMaster.Core.Boot;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Program;

/// <summary>Whom the manager is for: what the system's and a user's start with, and what they do once.</summary>
internal interface IScope
{
    ManagerOptions Manager { get; }

    SystemFacts System { get; }

    /// <summary>What the manager was started with: "NAME=value".</summary>
    List<ByteText> OwnEnvironment { get; }

    /// <summary>What services get before generators and system.conf add to it.</summary>
    IEnumerable<ByteText> ServiceEnvironment { get; }

    ResourceLimits Limits { get; }

    /// <summary>The unit to start; null: default.target.</summary>
    string? Unit { get; }

    LogOptions LogOptions(IJournalRelay relay);

    StatusBoard StatusBoard(Manager manager);

    SearchPaths SearchPaths();

    /// <summary>The steps of a start that only the first core does, in their order.</summary>
    void Prepare(Manager manager);

    /// <summary>The first core begins to load units.</summary>
    void OnBoot(Manager manager);

    /// <summary>All units were loaded for the first time.</summary>
    void OnLoaded(Manager manager);

    /// <summary>The manager stands, new or recovered; from here on it may speak to the outside.</summary>
    void OnStanding(Manager manager);

    /// <summary>The loop is over; the manager's objective says what follows.</summary>
    void OnEnding(Manager manager);
}
