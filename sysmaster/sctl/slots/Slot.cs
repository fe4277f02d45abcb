namespace SysMaster.Sctl.Slots;

/// <summary>A replaceable part of the machine: who can be it, and who is (DESIGN.md, "Slots").</summary>
internal abstract class Slot(string name, string what)
{
    public const string Ours = "sysmaster", Theirs = "systemd";

    public string Name => name;

    /// <summary>In a few words, for people.</summary>
    public string What => what;

    /// <summary>The providers whose files are there.</summary>
    public abstract IReadOnlyList<string> Providers { get; }

    /// <returns>The provider that is in the place now; null: the place is empty.</returns>
    public abstract string? Active { get; }

    /// <returns>What else there is to know, a trial under way; empty: nothing.</returns>
    public virtual string Note => "";

    /// <summary>Puts a provider in the place. Called again after an interruption it goes on from there.</summary>
    /// <exception cref="SlotException">It cannot be done; nothing was changed.</exception>
    /// <exception cref="IOException">A change failed half-way: what was there is in its place still.</exception>
    public abstract void Use(string provider);

    /// <summary>What the user has to do, or knows now; after <see cref="Use"/>.</summary>
    public abstract string Told(string provider);

    /// <exception cref="SlotException">It is no provider of this slot, or its files are missing.</exception>
    public void Require(string provider)
    {
        if (provider is not (Ours or Theirs)) { throw new SlotException($"Slot {Name} has no provider '{provider}': {Theirs} and {Ours} are the ones there are."); }
        if (!Providers.Contains(provider)) { throw new SlotException($"The files of {provider} for slot {Name} are missing: {Missing(provider)}. Nothing was changed."); }
    }

    /// <returns>The file by which a provider is known to be there.</returns>
    protected abstract string Missing(string provider);
}
