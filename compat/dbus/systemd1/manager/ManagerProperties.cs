using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.DBus.Systemd1;

/// <summary>What the manager shows beside the settings of system.conf.</summary>
internal static class ManagerProperties
{
    /// <summary>What clients parse (runc, Ansible) as the version of systemd whose interface this is.</summary>
    public const string Version = "255 (sysmaster 0.1.0)";

    private const string Features = "-PAM -AUDIT +SELINUX -APPARMOR -IMA -SMACK +SECCOMP default-hierarchy=unified";

    public static readonly Getter<BusFront>[] All =
    [
        new("Version", "s", static (_, w) => w.WriteString(Version)),
        // A name that never was one, and is answered all the same.
        new("DefaultStartLimitIntervalSec", "t", static (f, w) => w.WriteUInt64(f.Manager.Settings.Get(ManagerDirectives.DefaultStartLimitIntervalSec).Value), Flags: MemberFlags.Hidden),
        new("Features", "s", static (_, w) => w.WriteString(Features)),
        new("Virtualization", "s", static (f, w) => w.WriteString(f.Manager.Facts.Virtualization.Id)),
        new("ConfidentialVirtualization", "s", static (f, w) => w.WriteString(Core.Boot.SystemFacts.ConfidentialVirtualization)),
        new("Architecture", "s", static (f, w) => w.WriteString(f.Manager.Facts.Architecture)),
        new("Tainted", "s", static (f, w) => w.WriteString(Core.Boot.Taint.Describe(f.Manager.Facts, clockIsLocal: false))),
        .. Stamps(),
        new("LogLevel", "s", static (_, w) => LogControlInterface.WriteLevel(w), static (BusFront f, MethodCall call, ref MessageReader v) => LogControlInterface.SetLevel(f, call, ref v),
            Access.Privileged, MemberFlags.Privileged),
        new("LogTarget", "s", static (_, w) => LogControlInterface.WriteTarget(w), static (BusFront f, MethodCall call, ref MessageReader v) => LogControlInterface.SetTarget(f, call, ref v),
            Access.Privileged, MemberFlags.Privileged),
        new("NNames", "u", static (f, w) => w.WriteUInt32((uint)f.Manager.NameCount)),
        new("NFailedUnits", "u", static (f, w) => w.WriteUInt32((uint)f.Manager.FailedUnits.Count)),
        new("NJobs", "u", static (f, w) => w.WriteUInt32((uint)f.Manager.Jobs.Count)),
        new("NInstalledJobs", "u", static (f, w) => w.WriteUInt32(f.Manager.JobsInstalled)),
        new("NFailedJobs", "u", static (f, w) => w.WriteUInt32(f.Manager.JobsFailed)),
        new("Progress", "d", static (f, w) => w.WriteDouble(f.Manager.StartupIsFinished || f.Manager.JobsInstalled == 0
            ? 1.0 : 1.0 - ((double)f.Manager.Jobs.Count / f.Manager.JobsInstalled))),
        new("Environment", "as", static (f, w) => WriteEnvironment(f.Manager, w)),
        new("ConfirmSpawn", "b", static (_, w) => w.WriteBoolean(false)),
        new("ShowStatus", "b", static (f, w) => w.WriteBoolean(f.Manager.Status.Output?.IsOn ?? false)),
        new("UnitPath", "as", static (f, w) => WritePaths(f.Manager, w)),
        new("WatchdogLastPingTimestamp", "t", static (f, w) => w.WriteUInt64(f.Manager.Watchdog.LastPing.Realtime.Value)),
        new("WatchdogLastPingTimestampMonotonic", "t", static (f, w) => w.WriteUInt64(f.Manager.Watchdog.LastPing.Monotonic.Value)),
        Watchdog(ManagerDirectives.RuntimeWatchdogSec),
        Watchdog(ManagerDirectives.RuntimeWatchdogPreSec),
        new("RuntimeWatchdogPreGovernor", "s", static (f, w) => w.WriteString(f.Manager.Settings.Get(ManagerDirectives.RuntimeWatchdogPreGovernor)),
            static (BusFront f, MethodCall _, ref MessageReader v) => f.Manager.Choices.SetWatchdogGovernor(new ByteText(v.ReadString())),
            Access.Privileged, MemberFlags.Privileged),
        Watchdog(ManagerDirectives.RebootWatchdogSec),
        Watchdog(ManagerDirectives.KExecWatchdogSec),
        new("ServiceWatchdogs", "b", static (f, w) => w.WriteBoolean(f.Manager.Choices.ServiceWatchdogs),
            static (BusFront f, MethodCall _, ref MessageReader v) => f.Manager.Choices.SetServiceWatchdogs(v.ReadBoolean()), Access.Privileged, MemberFlags.Privileged),
        new("ControlGroup", "s", static (f, w) => w.WriteString(f.Manager.Cgroups.Root)),
        new("SystemState", "s", static (f, w) => w.WriteString(StateText(f.Manager.State))),
        .. Limits(),
        new("DefaultTasksMax", "t", static (f, w) => w.WriteUInt64(f.Manager.Settings.Get(ManagerDirectives.DefaultTasksMax).Resolve(Machine.Tasks))),
        new("ExitCode", "y", static (f, w) => w.WriteByte((byte)f.Manager.ExitCode)),
    ];

    public static string StateText(SystemState state) => state switch
    {
        SystemState.Initializing => "initializing",
        SystemState.Starting => "starting",
        SystemState.Running => "running",
        SystemState.Degraded => "degraded",
        SystemState.Maintenance => "maintenance",
        _ => "stopping",
    };

    private static IEnumerable<Getter<BusFront>> Stamps()
    {
        for (int i = 0; i < StartupClock.Names.Length; i++)
        {
            int index = i;
            yield return new Getter<BusFront>(StartupClock.Names[i] + "Timestamp", "t", (f, w) => w.WriteUInt64(f.Manager.Startup[index].Realtime.Value));
            yield return new Getter<BusFront>(StartupClock.Names[i] + "TimestampMonotonic", "t", (f, w) => w.WriteUInt64(f.Manager.Startup[index].Monotonic.Value));
        }
    }

    private static IEnumerable<Getter<BusFront>> Limits()
    {
        for (int i = 0; i < ExecBus.LimitNames.Length; i++)
        {
            int resource = i;
            string name = "DefaultLimit" + ExecBus.LimitNames[i];
            yield return new Getter<BusFront>(name, "t", (f, w) => w.WriteUInt64(ExecBus.LimitOf(f.Manager, resource).Hard));
            yield return new Getter<BusFront>(name + "Soft", "t", (f, w) => w.WriteUInt64(ExecBus.LimitOf(f.Manager, resource).Soft));
        }
    }

    private static Getter<BusFront> Watchdog(Directive<Usec> row) => new(row.Bus!, "t",
        (f, w) => w.WriteUInt64(f.Manager.Settings.Get(row).Value),
        (BusFront f, MethodCall _, ref MessageReader v) => f.Manager.Choices.SetWatchdog(row, new Usec(v.ReadUInt64())),
        Access.Privileged, MemberFlags.Privileged);

    private static void WriteEnvironment(Manager manager, MessageWriter w)
    {
        ArrayMark array = w.BeginArray(4);
        foreach (ByteText variable in manager.EnvironmentBlock) { w.WriteString(variable); }
        w.EndArray(array);
    }

    private static void WritePaths(Manager manager, MessageWriter w)
    {
        ArrayMark array = w.BeginArray(4);
        if (manager.Paths is { } paths)
        {
            foreach (SearchDirectory directory in paths.Directories) { w.WriteString(directory.Path); }
        }
        w.EndArray(array);
    }
}
