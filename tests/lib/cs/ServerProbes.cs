namespace SysMaster.TestRigs;

/// <summary>How to see that each real component of the full server answers on its port.</summary>
public static class ServerProbes
{
    public static (string Unit, string Probe)[] All { get; } =
    [
        ("nginx", "curl -sf -o /dev/null http://127.0.0.1:80/"),
        ("redis-server", "test \"$(redis-cli ping)\" = PONG"),
        ("postgresql@15-main", "su postgres -c 'psql -Atc \"select 6*7\"' | grep -qx 42"),
        ("haproxy", "curl -sf -o /dev/null http://127.0.0.1:8080/"),
        ("ssh", "timeout 5 bash -c 'exec 3<>/dev/tcp/127.0.0.1/22; head -c 7 <&3' | grep -q SSH-2.0"),
    ];
}
