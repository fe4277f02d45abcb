namespace SysMaster.Sctl.Slots;

/// <summary>How the machine is told which PID 1 to run: by the boot loader's entry, or by the link /sbin/init.</summary>
internal abstract class BootMethod
{
    public abstract string Name { get; }

    /// <returns>Why this machine cannot be switched this way; null: it can.</returns>
    public abstract string? Unfit { get; }

    /// <returns>Whose program a boot runs when nobody chooses; null: it cannot be told from the files.</returns>
    public abstract string? Default { get; }

    /// <summary>The next boot, and that one alone, runs <paramref name="provider"/>.</summary>
    public abstract void Once(string provider);

    /// <summary>Every boot runs <paramref name="provider"/>; what a trial has set up is gone.</summary>
    public abstract void Always(string provider);

    protected static string ProgramOf(string provider) => provider == Slot.Ours ? AllSlots.Init : "/usr/lib/systemd/systemd";
}
