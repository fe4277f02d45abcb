using SysMaster.Core.Directives;

namespace SysMaster.Units.Service;

/// <summary>The kinds of values that only [Service] has.</summary>
internal static class ServiceKinds
{
    public static readonly Kind<ServiceType> Types = new EnumKind<ServiceType>("Failed to parse service type, ignoring: ", ["simple", "forking", "oneshot", "dbus", "notify", "idle", "exec", "notify-reload"]);
    public static readonly Kind<ServiceExitType> ExitTypes = new EnumKind<ServiceExitType>("Failed to parse service exit type, ignoring: ", ["main", "cgroup"]);
    public static readonly Kind<ServiceRestart> Restarts = new EnumKind<ServiceRestart>("Failed to parse service restart specifier, ignoring: ", ["no", "on-success", "on-failure", "on-abnormal", "on-watchdog", "on-abort", "always"]);
    public static readonly Kind<ServiceRestartMode> RestartModes = new EnumKind<ServiceRestartMode>("Failed to parse service restart mode, ignoring: ", ["normal", "direct"]);
    public static readonly Kind<ServiceTimeoutFailureMode> FailureModes = new EnumKind<ServiceTimeoutFailureMode>("Failed to parse timeout failure mode, ignoring: ", ["terminate", "abort", "kill"]);
    public static readonly Kind<NotifyAccess> NotifyAccesses = new EnumKind<NotifyAccess>("Failed to parse notify access specifier, ignoring: ", ["none", "main", "exec", "all"]);
}
