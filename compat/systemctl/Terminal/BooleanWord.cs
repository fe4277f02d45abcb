namespace SysMaster.Systemctl;

/// <summary>"yes", "no" and their many ways, without regard to case.</summary>
internal static class BooleanWord
{
    public static bool TryParse(string? text, out bool value)
    {
        switch (text?.ToLowerInvariant())
        {
            case "1" or "yes" or "y" or "true" or "t" or "on": value = true; return true;
            case "0" or "no" or "n" or "false" or "f" or "off": value = false; return true;
            default: value = false; return false;
        }
    }

    /// <summary>What an environment variable says; null when it is unset or says nothing one can read.</summary>
    public static bool? Environment(string name) => TryParse(System.Environment.GetEnvironmentVariable(name), out bool value) ? value : null;
}
