namespace SysMaster.UnitFiles;

/// <summary>Capabilities by name or number, and sets of them as 64 bits. capabilities(7).</summary>
public static class CapabilityText
{
    /// <summary>Every bit the kernel's interface can hold; what it knows is in /proc/sys/kernel/cap_last_cap.</summary>
    public const int MaxCapability = 62;

    private static readonly string[] s_names =
    [
        "cap_chown", "cap_dac_override", "cap_dac_read_search", "cap_fowner", "cap_fsetid", "cap_kill", "cap_setgid", "cap_setuid", "cap_setpcap",
        "cap_linux_immutable", "cap_net_bind_service", "cap_net_broadcast", "cap_net_admin", "cap_net_raw", "cap_ipc_lock", "cap_ipc_owner",
        "cap_sys_module", "cap_sys_rawio", "cap_sys_chroot", "cap_sys_ptrace", "cap_sys_pacct", "cap_sys_admin", "cap_sys_boot", "cap_sys_nice",
        "cap_sys_resource", "cap_sys_time", "cap_sys_tty_config", "cap_mknod", "cap_lease", "cap_audit_write", "cap_audit_control", "cap_setfcap",
        "cap_mac_override", "cap_mac_admin", "cap_syslog", "cap_wake_alarm", "cap_block_suspend", "cap_audit_read", "cap_perfmon", "cap_bpf",
        "cap_checkpoint_restore",
    ];

    /// <summary>How many have a name here.</summary>
    public static int NamedCount => s_names.Length;

    /// <summary>"CAP_CHOWN" in any case, or a number.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out int capability)
    {
        if (NumberText.TryParse(text, out capability)) { return capability is >= 0 and <= MaxCapability; }
        for (int i = 0; i < s_names.Length; i++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(text, s_names[i]))
            {
                capability = i;
                return true;
            }
        }
        return false;
    }

    /// <summary>"cap_chown"; "0x3f" where there is no name.</summary>
    public static string Name(int capability) => capability < s_names.Length ? s_names[capability] : $"0x{capability:x}";

    /// <summary>A list with blanks; a leading "~" is the caller's to take off. Unknown ones are left out and counted, as systemd ignores them.</summary>
    /// <returns>False for an unclosed quote.</returns>
    public static bool TryParseSet(ReadOnlySpan<byte> text, out ulong set, out int unknown)
    {
        set = 0;
        unknown = 0;
        using var words = new Words(text, WordFlags.Unquote);
        while (words.Next(out ReadOnlySpan<byte> word))
        {
            if (TryParse(word, out int capability)) { set |= 1UL << capability; }
            else { unknown++; }
        }
        return !words.Failed;
    }

    /// <summary>"cap_chown cap_kill", in the order of their numbers, as <c>systemctl show</c> prints. Only those that have a name.</summary>
    public static void AppendSet(ulong set, ref ByteBuilder output)
    {
        bool any = false;
        for (int i = 0; i < s_names.Length; i++)
        {
            if ((set & (1UL << i)) == 0) { continue; }
            if (any) { output.Append((byte)' '); }
            output.AppendAscii(s_names[i]);
            any = true;
        }
    }
}
