namespace SysMaster.Core.Status;

/// <summary>The words of systemd.show_status=: a boolean, auto, error, temporary.</summary>
public static class ShowStatusNames
{
    private static readonly string[] s_names = ["no", "error", "auto", "temporary", "yes"];

    public static string Of(ShowStatus status) => s_names[(int)status];

    public static bool TryParse(ReadOnlySpan<char> text, out ShowStatus status)
    {
        status = text switch
        {
            "yes" or "y" or "true" or "t" or "on" or "1" => ShowStatus.Yes,
            "error" => ShowStatus.Error,
            "auto" => ShowStatus.Auto,
            "temporary" => ShowStatus.Temporary,
            _ => ShowStatus.No,
        };
        return status != ShowStatus.No || text is "no" or "n" or "false" or "f" or "off" or "0";
    }
}
