namespace SysMaster.UnitConverter.Formats.Sysv;

/// <summary>What is known of commands by their name.</summary>
internal static class ScriptCommands
{
    /// <summary>Ask or say something, and change nothing that a service would miss.</summary>
    private static readonly HashSet<string> s_harmless =
    [
        ":", "true", "echo", "printf", "sleep", "usleep", "trap", "wait", "logger", "clear", "break", "continue", "type", "tput",
        "log_daemon_msg", "log_end_msg", "log_progress_msg", "log_action_msg", "log_action_begin_msg", "log_action_cont_msg", "log_action_end_msg", "log_begin_msg",
        "log_warning_msg", "log_failure_msg", "log_success_msg", "log_use_fancy_output", "log_end_msg_pre", "success", "failure", "passed", "warning", "rc_status", "rc_reset", "rc_exit",
        "rc_failed", "update_boot_stage",
        // OpenRC's
        "einfo", "einfon", "ewarn", "ewarnn", "eerror", "eerrorn", "ebegin", "eend", "ewend", "veinfo", "vebegin", "veend", "eindent", "eoutdent", "mark_service_stopped",
    ];

    /// <summary>Answer a question with a status that only a run would know.</summary>
    private static readonly HashSet<string> s_questions =
    [
        "grep", "egrep", "fgrep", "id", "hostname", "uname", "pidof", "pidofproc", "status_of_proc", "checkproc", "checkpid", "status", "getent", "which", "command", "ps", "pgrep", "basename",
        "expr", "cat", "cut", "head", "tail", "tr", "wc", "sort", "read", "runlevel", "dpkg-query", "stat", "yesno", "service_started", "service_starting", "get_bootparam", "ls", "mountpoint", "lsmod", "getopts",
    ];

    /// <summary>May stand before the daemon as they are: what they do does not hang on the shell that runs them.</summary>
    private static readonly Dictionary<string, string> s_tools = new()
    {
        ["mkdir"] = "/bin/mkdir", ["chown"] = "/bin/chown", ["chmod"] = "/bin/chmod", ["chgrp"] = "/bin/chgrp", ["install"] = "/usr/bin/install", ["rm"] = "/bin/rm", ["ln"] = "/bin/ln",
        ["touch"] = "/bin/touch", ["modprobe"] = "/sbin/modprobe", ["sysctl"] = "/sbin/sysctl", ["cp"] = "/bin/cp", ["mv"] = "/bin/mv", ["mknod"] = "/bin/mknod", ["mkfifo"] = "/usr/bin/mkfifo",
        ["setfacl"] = "/usr/bin/setfacl",
    };

    /// <summary>Their second run does no harm: may be run where the script asks first whether it must.</summary>
    private static readonly HashSet<string> s_idempotent = ["mkdir", "chown", "chmod", "chgrp", "install", "touch", "ln", "rm"];

    /// <summary>Files that hold the functions above and nothing else that counts.</summary>
    private static readonly HashSet<string> s_libraries =
    [
        "/lib/lsb/init-functions", "/usr/lib/lsb/init-functions", "/lib/init/vars.sh", "/etc/init.d/functions", "/etc/rc.d/init.d/functions", "/etc/rc.status", "/lib/lsb/init-functions.d/20-left-info-blocks",
    ];

    public static bool IsHarmless(string name) => s_harmless.Contains(name);

    public static bool IsQuestion(string name) => s_questions.Contains(name);

    public static string? ToolPath(string name) => s_tools.GetValueOrDefault(name[(name.LastIndexOf('/') + 1)..]) is { } path ? name.StartsWith('/') ? name : path : name.StartsWith('/') ? name : null;

    public static bool IsIdempotent(string name) => s_idempotent.Contains(name[(name.LastIndexOf('/') + 1)..]);

    public static bool IsLibrary(string path) => s_libraries.Contains(path);
}
