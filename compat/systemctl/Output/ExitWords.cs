namespace SysMaster.Systemctl;

/// <summary>How a process ended, in words.</summary>
internal static class ExitWords
{
    private static readonly string[] s_codes = ["(null)", "exited", "killed", "dumped", "trapped", "stopped", "continued"];

    /// <summary>Of the C library and of systemd's executor; the LSB's mean something to scripts of theirs only.</summary>
    private static readonly Dictionary<int, string> s_statuses = new()
    {
        [0] = "SUCCESS", [1] = "FAILURE",
        [200] = "CHDIR", [201] = "NICE", [202] = "FDS", [203] = "EXEC", [204] = "MEMORY", [205] = "LIMITS", [206] = "OOM_ADJUST", [207] = "SIGNAL_MASK",
            [208] = "STDIN",
        [209] = "STDOUT", [210] = "CHROOT", [211] = "IOPRIO", [212] = "TIMERSLACK", [213] = "SECUREBITS", [214] = "SETSCHEDULER", [215] = "CPUAFFINITY",
            [216] = "GROUP",
        [217] = "USER", [218] = "CAPABILITIES", [219] = "CGROUP", [220] = "SETSID", [221] = "CONFIRM", [222] = "STDERR", [224] = "PAM", [225] = "NETWORK",
        [226] = "NAMESPACE", [227] = "NO_NEW_PRIVILEGES", [228] = "SECCOMP", [229] = "SELINUX_CONTEXT", [230] = "PERSONALITY", [231] = "APPARMOR",
        [232] = "ADDRESS_FAMILIES", [233] = "RUNTIME_DIRECTORY", [235] = "CHOWN", [236] = "SMACK_PROCESS_LABEL", [237] = "KEYRING", [238] = "STATE_DIRECTORY",
        [239] = "CACHE_DIRECTORY", [240] = "LOGS_DIRECTORY", [241] = "CONFIGURATION_DIRECTORY", [242] = "NUMA_POLICY", [243] = "CREDENTIALS", [244] = "BPF", [245] = "KSM",
    };

    /// <summary>si_code of SIGCHLD.</summary>
    public static string Code(int code) => code >= 0 && code < s_codes.Length ? s_codes[code] : "n/a";

    /// <summary>"/FAILURE", or nothing.</summary>
    public static string StatusSuffix(int status) => s_statuses.TryGetValue(status, out string? name) ? $"/{name}" : "";

    /// <summary>Ended as a daemon should: by itself with 0, or by one of the signals that ask for an end.</summary>
    public static bool IsClean(int code, int status) => code == 1 ? status == 0 : code is 2 or 3 && status is 1 or 2 or 15 or 13;
}
