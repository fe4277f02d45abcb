using System.Globalization;

namespace SysMaster.Sctl.Slots;

/// <summary>
/// PID 1. A switch is a trial: the next boot runs the new one; when that reaches the default target in time, <see cref="Settle"/> makes it the choice of every
/// boot; when it does not, the boot after it runs the previous one by itself, and Settle, there, puts the trial away.
/// </summary>
internal sealed class ManagerSlot(SlotTree tree) : Slot("manager", "PID 1 and the units")
{
    public const int StandardSeconds = 600;

    /// <summary>Null: the first method that fits this machine.</summary>
    public string? Method { get; init; }

    /// <summary>How long a boot on trial may take to its default target; 0: no trial, the switch is for good.</summary>
    public int Seconds { get; init; } = StandardSeconds;

    /// <summary>Does a boot on trial whose time is over restart the machine?</summary>
    public bool Reboot { get; init; }

    public override IReadOnlyList<string> Providers =>
        [.. tree.IsFile("/usr/lib/systemd/systemd") ? (string[])[Theirs] : [], .. tree.IsFile(AllSlots.Init) ? (string[])[Ours] : []];

    public override string? Active => (Trial.Read(tree) is { } trial ? Named(trial.Method) : Fitting())?.Default;

    public override string Note
    {
        get
        {
            string running = tree.IsHost && Running() is { } now && now != Active ? $"{now} runs now; " : "";
            if (Trial.Read(tree) is { } trial)
            {
                return running + (tree.Exists(Trial.BegunFile) ? $"the trial of {trial.Provider} has begun" : string.Create(CultureInfo.InvariantCulture, $"the next boot is a trial of {trial.Provider}, {trial.Seconds} s"));
            }

            return tree.ReadText(Trial.FailedFile) is { } failed ? running + failed.Trim() : running.TrimEnd(' ', ';');
        }
    }

    public override void Use(string provider)
    {
        Require(provider);
        BootMethod method = Fitting() ?? throw new SlotException("No way to choose PID 1 fits this machine. Nothing was changed."
            + string.Concat(Methods().Select(one => $"\n  {one.Name}: {one.Unfit}")));
        bool trial = Seconds > 0 && provider != method.Default;
        tree.Remove(Trial.FailedFile);
        Trial.End(tree);
        if (!trial) { method.Always(provider); return; }
        // The record comes first: a boot loader's one-shot choice without it would be a boot that nobody judges.
        new Trial(provider, method.Name, Seconds, Reboot).Write(tree);
        method.Once(provider);
    }

    public override string Told(string provider) => Trial.Read(tree) is { } trial
        ? string.Create(CultureInfo.InvariantCulture, $"The next boot runs {provider} on trial: when it reaches default.target within {trial.Seconds} s, it stays; if not, the boot after it runs the previous manager again.")
        : $"Every boot from the next one on runs {provider}.";

    /// <summary>Ends a trial, from within the boot that it decides.</summary>
    /// <param name="running">The provider that is PID 1.</param>
    /// <param name="uptime">Seconds since PID 1 was started, at the time that the default target was reached.</param>
    /// <returns>What was decided, for the journal; null: there was nothing to decide.</returns>
    public string? Settle(string running, double uptime)
    {
        if (Trial.Read(tree) is not { } trial) { return null; }
        BootMethod? method = Named(trial.Method);
        string previous = trial.Provider == Ours ? Theirs : Ours;
        if (running == trial.Provider && method is not null && uptime <= trial.Seconds)
        {
            method.Always(running);
            Trial.End(tree);
            return string.Create(CultureInfo.InvariantCulture, $"The trial of {running} is won: default.target was reached after {uptime:0} s. Every boot runs it from now on.");
        }

        if (running == trial.Provider)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The trial of {running} is lost: default.target took {uptime:0} s, and {trial.Seconds} s was its time. The next boot runs {previous}.");
        }

        if (!tree.Exists(Trial.BegunFile) && trial.Method == "link") { return null; }   // armed, and not booted since
        method?.Always(previous);
        string verdict = $"The trial of {trial.Provider} is lost: its boot did not reach default.target in time. {previous} runs again.";
        tree.WriteText(Trial.FailedFile, verdict + "\n");
        Trial.End(tree);
        return verdict;
    }

    /// <returns>The provider that is PID 1 of the caller; null: neither.</returns>
    public static string? Running() => new FileInfo("/proc/1/exe").LinkTarget switch
    {
        AllSlots.Init => Ours,
        "/usr/lib/systemd/systemd" or "/lib/systemd/systemd" => Theirs,
        _ => null,
    };

    protected override string Missing(string provider) => provider == Ours ? AllSlots.Init : "/usr/lib/systemd/systemd";

    private BootMethod? Fitting() => Method is null ? Array.Find(Methods(), method => method.Unfit is null)
        : Named(Method) is not { } named ? throw new SlotException($"There is no method '{Method}': bls, grub and link are the ones there are.")
        : named.Unfit is { } why ? throw new SlotException($"Method {Method} does not fit this machine: {why}. Nothing was changed.") : named;

    private BootMethod? Named(string name) => Array.Find(Methods(), method => method.Name == name);

    private BootMethod[] Methods() => [new BlsBoot(tree), new GrubBoot(tree), new LinkBoot(tree)];
}
