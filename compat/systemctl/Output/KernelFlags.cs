namespace SysMaster.Systemctl;

/// <summary>Numbers of the kernel in the words of unit files.</summary>
internal static class KernelFlags
{
    private static readonly (string Name, ulong Flag)[] s_namespaces =
    [
        ("cgroup", 0x02000000), ("ipc", 0x08000000), ("net", 0x40000000), ("mnt", 0x00020000), ("pid", 0x20000000), ("user", 0x10000000), ("uts", 0x04000000),
    ];

    private static readonly string[] s_policies = ["default", "preferred", "bind", "interleave", "local"];

    private static readonly string[] s_capabilities =
    [
        "chown", "dac_override", "dac_read_search", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap", "linux_immutable", "net_bind_service",
            "net_broadcast",
        "net_admin", "net_raw", "ipc_lock", "ipc_owner", "sys_module", "sys_rawio", "sys_chroot", "sys_ptrace", "sys_pacct", "sys_admin", "sys_boot",
            "sys_nice",
        "sys_resource", "sys_time", "sys_tty_config", "mknod", "lease", "audit_write", "audit_control", "setfcap", "mac_override", "mac_admin",
            "syslog", "wake_alarm",
        "block_suspend", "audit_read", "perfmon", "bpf", "checkpoint_restore",
    ];

    /// <summary>RestrictNamespaces: the flags are those that are allowed.</summary>
    public static string Namespaces(ulong flags)
    {
        ulong all = s_namespaces.Aggregate(0UL, (sum, n) => sum | n.Flag);
        return (flags & all) == all ? "no" : (flags & all) == 0 ? "yes" : string.Join(' ', s_namespaces.Where(n => (flags & n.Flag) != 0).Select(n => n.Name));
    }

    /// <summary>MS_SHARED, MS_SLAVE, MS_PRIVATE.</summary>
    public static string Propagation(ulong flags) => (flags & 0x1C0000) switch
    {
        0x100000 => "shared",
        0x80000 => "slave",
        0x40000 => "private",
        _ => "",
    };

    /// <summary>Those that the kernel has; "all" of a bounding set has bits beyond.</summary>
    public static string Capabilities(ulong set)
    {
        var names = new List<string>();
        for (int bit = 0; bit < s_capabilities.Length; bit++)
        {
            if ((set & (1UL << bit)) == 0) { continue; }
            names.Add($"cap_{s_capabilities[bit]}");
        }
        return string.Join(' ', names);
    }

    public static string MemoryPolicy(int policy) => policy >= 0 && policy < s_policies.Length ? s_policies[policy] : "n/a";
}
