namespace SysMaster.UnitConverter.Formats.Upstart;

/// <summary>"limit nofile 1024 2048".</summary>
internal static class UpstartLimits
{
    public static string? Find(string name) => name switch
    {
        "as" or "core" or "cpu" or "data" or "fsize" or "memlock" or "msgqueue" or "nice" or "nofile" or "nproc" or "rss" or "rtprio" or "sigpending" or "stack" => "Limit" + name.ToUpperInvariant(),
        _ => null,
    };

    public static string Value(string text) => text.Length > 0 && text.All(char.IsAsciiDigit) ? text : "infinity";
}
