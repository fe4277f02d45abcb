namespace SysMaster.UnitFiles;

/// <summary>Enumerations of the kernel and of syslog, with the kernel's numbers. SyslogFacility= counts unshifted, as syslog(3)'s LOG_FAC.</summary>
public static class KernelWords
{
    /// <summary>SyslogLevel=, LogLevelMax=: numbers 0 to 7 are taken as well.</summary>
    public static readonly WordTable SyslogLevel = WordTable.Enumerate("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");

    /// <summary>SyslogFacility=: numbers 0 to 127 are taken as well.</summary>
    public static readonly WordTable SyslogFacility = new(
        ("kern", 0), ("user", 1), ("mail", 2), ("daemon", 3), ("auth", 4), ("syslog", 5), ("lpr", 6), ("news", 7), ("uucp", 8), ("cron", 9),
        ("authpriv", 10), ("ftp", 11), ("local0", 16), ("local1", 17), ("local2", 18), ("local3", 19), ("local4", 20), ("local5", 21), ("local6", 22), ("local7", 23));

    /// <summary>IOSchedulingClass=: IOPRIO_CLASS_*; numbers 0 to 7 too.</summary>
    public static readonly WordTable IoClass = WordTable.Enumerate("none", "realtime", "best-effort", "idle");

    /// <summary>CPUSchedulingPolicy=: SCHED_*; any number too.</summary>
    public static readonly WordTable CpuPolicy = new(("other", 0), ("batch", 3), ("idle", 5), ("fifo", 1), ("rr", 2));

    /// <summary>NUMAPolicy=: MPOL_*.</summary>
    public static readonly WordTable NumaPolicy = WordTable.Enumerate("default", "preferred", "bind", "interleave", "local");

    /// <summary>IPTOS=: IPTOS_*; numbers 0 to 255 too.</summary>
    public static readonly WordTable IpTos = new(("low-delay", 0x10), ("throughput", 0x08), ("reliability", 0x04), ("low-cost", 0x02));

    /// <summary>RestrictNamespaces=, NamespacePath=: CLONE_NEW*.</summary>
    public static readonly WordTable Namespaces = new(
        ("cgroup", 0x02000000), ("ipc", 0x08000000), ("net", 0x40000000), ("mnt", 0x00020000), ("pid", 0x20000000), ("user", 0x10000000), ("uts", 0x04000000), ("time", 0x00000080));

    /// <summary>SecureBits=: SECBIT_*.</summary>
    public static readonly WordTable SecureBits = new(
        ("keep-caps", 0x10), ("keep-caps-locked", 0x20), ("no-setuid-fixup", 0x04), ("no-setuid-fixup-locked", 0x08), ("noroot", 0x01), ("noroot-locked", 0x02));

    /// <summary>MountFlags=, PrivateMounts' propagation: MS_*.</summary>
    public static readonly WordTable Propagation = new(("shared", 1 << 20), ("slave", 1 << 19), ("private", 1 << 18));

    /// <summary>CoredumpFilter=: bits of /proc/PID/coredump_filter.</summary>
    public static readonly WordTable CoredumpFilter = new(
        ("private-anonymous", 0), ("shared-anonymous", 1), ("private-file-backed", 2), ("shared-file-backed", 3), ("elf-headers", 4),
        ("private-huge", 5), ("shared-huge", 6), ("private-dax", 7), ("shared-dax", 8));

    /// <summary>Address families of RestrictAddressFamilies=.</summary>
    public static readonly WordTable AddressFamilies = new(
        ("AF_UNIX", 1), ("AF_LOCAL", 1), ("AF_FILE", 1), ("AF_INET", 2), ("AF_AX25", 3), ("AF_IPX", 4), ("AF_APPLETALK", 5), ("AF_NETROM", 6), ("AF_BRIDGE", 7), ("AF_ATMPVC", 8),
        ("AF_X25", 9), ("AF_INET6", 10), ("AF_ROSE", 11), ("AF_DECnet", 12), ("AF_NETBEUI", 13), ("AF_SECURITY", 14), ("AF_KEY", 15), ("AF_NETLINK", 16),
        ("AF_ROUTE", 16), ("AF_PACKET", 17), ("AF_ASH", 18), ("AF_ECONET", 19), ("AF_ATMSVC", 20), ("AF_RDS", 21), ("AF_SNA", 22), ("AF_IRDA", 23), ("AF_PPPOX", 24),
        ("AF_WANPIPE", 25), ("AF_LLC", 26), ("AF_IB", 27), ("AF_MPLS", 28), ("AF_CAN", 29), ("AF_TIPC", 30), ("AF_BLUETOOTH", 31), ("AF_IUCV", 32), ("AF_RXRPC", 33),
        ("AF_ISDN", 34), ("AF_PHONET", 35), ("AF_IEEE802154", 36), ("AF_CAIF", 37), ("AF_ALG", 38), ("AF_NFC", 39), ("AF_VSOCK", 40), ("AF_KCM", 41),
        ("AF_QIPCRTR", 42), ("AF_SMC", 43), ("AF_XDP", 44), ("AF_MCTP", 45));

    /// <summary>ConditionArchitecture= and %a. man 5 systemd.unit.</summary>
    public static readonly WordTable Architectures = WordTable.Enumerate(
        "x86-64", "x86", "arm64", "arm64-be", "arm", "arm-be", "alpha", "arc", "arc-be", "cris", "ia64", "loongarch64", "m68k", "mips64-le", "mips64", "mips-le", "mips",
        "nios2", "parisc64", "parisc", "ppc64-le", "ppc64", "ppc-le", "ppc", "riscv32", "riscv64", "s390x", "s390", "sh64", "sh", "sparc64", "sparc", "tilegx");

    /// <summary>Personality=: PER_LINUX and PER_LINUX32.</summary>
    public static readonly WordTable Personalities = new(("x86-64", 0), ("x86", 8), ("arm64", 0), ("arm", 8), ("s390x", 0), ("s390", 8), ("ppc64", 0), ("ppc64-le", 0), ("riscv64", 0));

    /// <summary>The word for the machine this program is made for.</summary>
    public static string NativeArchitecture => System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        System.Runtime.InteropServices.Architecture.RiscV64 => "riscv64",
        System.Runtime.InteropServices.Architecture.LoongArch64 => "loongarch64",
        _ => "x86-64",
    };

    /// <summary>Words of a flag set joined by blanks, in the table's order.</summary>
    public static void AppendFlags(WordTable table, int flags, ref ByteBuilder output)
    {
        bool any = false;
        foreach ((string word, int value) in table.Rows)
        {
            if ((flags & value) != value) { continue; }
            if (any) { output.Append((byte)' '); }
            output.AppendAscii(word);
            any = true;
        }
    }

    /// <summary>A list of words of a flag set, or-ed.</summary>
    public static bool TryParseFlags(WordTable table, ReadOnlySpan<byte> text, out int flags)
    {
        flags = 0;
        int sum = 0;
        using var words = new Words(text, WordFlags.Unquote);
        while (words.Next(out ReadOnlySpan<byte> word))
        {
            if (!table.TryParse(word, out int one)) { return false; }
            sum |= one;
        }
        if (words.Failed) { return false; }
        flags = sum;
        return true;
    }
}
