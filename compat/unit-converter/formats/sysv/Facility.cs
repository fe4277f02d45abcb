using SysMaster.UnitConverter.Text;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Formats.Sysv;

/// <summary>What a name in an LSB header stands for, as systemd-sysv-generator(8) has it.</summary>
internal static class Facility
{
    /// <returns>The unit; null for what is always there when services start.</returns>
    public static string? UnitOf(string name) => (name.StartsWith('$') ? name[1..] : name) switch
    {
        // With the dollar sign or, as scripts that provide one often write it, without.
        "local_fs" or "syslog" => null,
        "network" => "network-online.target",
        "named" => "nss-lookup.target",
        "portmap" => "rpcbind.target",
        "remote_fs" => "remote-fs.target",
        "time" => "time-sync.target",
        var other when name.StartsWith('$') => UnitNames.Of(other, UnitKind.Target),
        _ => UnitNames.Of(name.EndsWith(".sh", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name, UnitKind.Service),
    };
}
