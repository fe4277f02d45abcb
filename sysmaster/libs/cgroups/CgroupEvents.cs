namespace SysMaster.Cgroups;

/// <summary>cgroup.events of a v2 group; a change wakes inotify (IN_MODIFY) on that file.</summary>
/// <param name="Populated">A process lives in the group or below it.</param>
/// <param name="Frozen">All processes have stopped.</param>
public readonly record struct CgroupEvents(bool Populated, bool Frozen)
{
    public static CgroupEvents Parse(ReadOnlySpan<byte> text)
        => new(KeyedText.TryGet(text, "populated"u8, out ulong populated) && populated != 0, KeyedText.TryGet(text, "frozen"u8, out ulong frozen) && frozen != 0);
}
