using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>What a failed step is called in the log: systemd's words, since people search for them.</summary>
internal static class StepText
{
    public static ReadOnlySpan<byte> Of(ExecStatus status) => status switch
    {
        ExecStatus.Chdir => "Changing to the requested working directory failed"u8,
        ExecStatus.Nice => "Failed to set up process scheduling priority (nice level)"u8,
        ExecStatus.Fds => "Failed to adjust passed file descriptors"u8,
        ExecStatus.Exec => "Failed to locate executable"u8,
        ExecStatus.Memory => "Failed to read what to execute"u8,
        ExecStatus.Limits => "Failed to adjust resource limit"u8,
        ExecStatus.OomAdjust => "Failed to adjust OOM setting"u8,
        ExecStatus.SignalMask => "Failed to set process signal mask"u8,
        ExecStatus.Stdin => "Failed to set up standard input"u8,
        ExecStatus.Stdout => "Failed to set up standard output"u8,
        ExecStatus.Stderr => "Failed to set up standard error output"u8,
        ExecStatus.Chroot => "Chrooting to the requested root directory failed"u8,
        ExecStatus.IoPriority => "Failed to set up IO scheduling priority"u8,
        ExecStatus.TimerSlack => "Failed to set up timer slack"u8,
        ExecStatus.SecureBits => "Failed to set process secure bits"u8,
        ExecStatus.SetScheduler => "Failed to set up CPU scheduling"u8,
        ExecStatus.CpuAffinity => "Failed to set up CPU affinity"u8,
        ExecStatus.NumaPolicy => "Failed to set NUMA memory policy"u8,
        ExecStatus.Group => "Changing group credentials failed"u8,
        ExecStatus.User => "Changing user credentials failed"u8,
        ExecStatus.Capabilities => "Failed to adjust capabilities"u8,
        ExecStatus.Cgroup => "Failed to attach to cgroup"u8,
        ExecStatus.Pam => "Failed to set up PAM session"u8,
        ExecStatus.Network => "Failed to set up network namespacing"u8,
        ExecStatus.Namespace => "Failed to set up mount namespacing"u8,
        ExecStatus.NoNewPrivileges => "Failed to disable new privileges"u8,
        ExecStatus.Seccomp => "Failed to apply system call filters"u8,
        ExecStatus.SelinuxContext => "Failed to change SELinux context"u8,
        ExecStatus.AppArmor => "Failed to prepare AppArmor profile change"u8,
        ExecStatus.SmackProcessLabel => "Failed to set SMACK process label"u8,
        ExecStatus.Personality => "Failed to set up execution domain (personality)"u8,
        ExecStatus.RuntimeDirectory or ExecStatus.StateDirectory or ExecStatus.CacheDirectory or ExecStatus.LogsDirectory or ExecStatus.ConfigurationDirectory
            => "Failed to set up special execution directory"u8,
        ExecStatus.Keyring => "Failed to set up kernel keyring"u8,
        ExecStatus.Credentials => "Failed to set up credentials"u8,
        _ => "Failed to set up the process"u8,
    };

    /// <summary>The path or label is part of the words.</summary>
    public static ReadOnlySpan<byte> Separator(ExecStatus status) => status switch
    {
        ExecStatus.Namespace => ": "u8,
        ExecStatus.Exec => " "u8,
        ExecStatus.Cgroup => " "u8,
        ExecStatus.SelinuxContext or ExecStatus.AppArmor or ExecStatus.SmackProcessLabel => " to "u8,
        ExecStatus.RuntimeDirectory or ExecStatus.StateDirectory or ExecStatus.CacheDirectory or ExecStatus.LogsDirectory or ExecStatus.ConfigurationDirectory => " in "u8,
        _ => default,
    };
}
