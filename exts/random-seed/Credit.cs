using SysMaster.Linux;

namespace SysMaster.RandomSeed;

/// <summary>
/// Whether an old seed may be counted as entropy: $SYSTEMD_RANDOM_SEED_CREDIT (no by default, since images are cloned with their seed), the mark of
/// the file, and not on a first boot. systemd-random-seed.service(8), "ENVIRONMENT".
/// </summary>
internal sealed class Credit(string? setting, Func<bool> isFirstBoot)
{
    public static Credit OfThisBoot() =>
        new(Environment.GetEnvironmentVariable("SYSTEMD_RANDOM_SEED_CREDIT"), static () => Sys.Exists("/run/systemd/first-boot"u8));

    /// <param name="mark">The value of the file's mark; null: it has none.</param>
    public bool Allows(string? mark)
    {
        switch (setting)
        {
            case null:
                Say.Debug("$SYSTEMD_RANDOM_SEED_CREDIT is not set, not crediting entropy.");
                return false;
            case "force":
                Say.Debug("$SYSTEMD_RANDOM_SEED_CREDIT is set to 'force', crediting entropy.");
                return true;
        }
        if (Truth(setting) is not { } wanted)
        {
            Say.Notice($"Failed to parse $SYSTEMD_RANDOM_SEED_CREDIT, not crediting entropy: {setting}");
            return false;
        }
        if (!wanted)
        {
            Say.Debug("Crediting entropy is turned off via $SYSTEMD_RANDOM_SEED_CREDIT, not crediting entropy.");
            return false;
        }
        if (mark is null || Truth(mark) != true)
        {
            Say.Info(mark is null ? "Seed file is not marked as creditable, not crediting." : "Seed file is marked as not creditable, not crediting.");
            return false;
        }
        if (!isFirstBoot()) { return true; }
        Say.Info("Not crediting entropy, since booted in first-boot mode.");
        return false;
    }

    private static bool? Truth(string word) => word.ToLowerInvariant() switch
    {
        "1" or "yes" or "y" or "true" or "t" or "on" => true,
        "0" or "no" or "n" or "false" or "f" or "off" => false,
        _ => null,
    };
}
