using System.Collections.Immutable;
using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>Where a unit's configuration is. man 5 systemd.unit.</summary>
public sealed class UnitLookup
{
    public required LookupOutcome Outcome { get; init; }

    /// <summary>For <see cref="LookupOutcome.Error"/>: ELOOP for aliases in a circle, EACCES, …</summary>
    public Errno Error { get; init; }

    /// <summary>The unit's main name: that of the fragment, with the instance filled in; else the name that was asked for.</summary>
    public required UnitName Id { get; init; }

    /// <summary>All names, <see cref="Id"/> first, the others sorted.</summary>
    public required ImmutableArray<UnitName> Names { get; init; }

    /// <summary>Of a masked unit too; empty when there is none. With the root's prefix.</summary>
    public ByteText FragmentPath { get; init; }

    /// <summary>A link of the unit's name that leads to nothing; empty for most.</summary>
    public ByteText DanglingPath { get; init; }

    /// <summary>What the directory of the fragment is for.</summary>
    public SearchRole Role { get; init; }

    /// <summary>The fragment's, CLOCK_REALTIME in microseconds: a later one on disk means "need daemon-reload".</summary>
    public long FragmentMtimeUsec { get; init; }

    /// <summary>In the order they apply (sorted by file name), each file name once. Empty files and links to /dev/null, which hide others, are in it.</summary>
    public required ImmutableArray<ByteText> DropIns { get; init; }

    public bool IsTransient => HasFragment && Role == SearchRole.Transient;

    public bool IsGenerated => HasFragment && Role is SearchRole.Generator or SearchRole.GeneratorEarly or SearchRole.GeneratorLate;

    public bool HasFragment => !FragmentPath.IsEmpty;
}
