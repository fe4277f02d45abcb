using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Service;

/// <summary>What a service's settings imply, and which of them contradict each other. systemd.service(5), "Automatic Dependencies".</summary>
public sealed partial class ServiceUnit
{
    protected override UnitName? WantedSlice => SliceRules.For(this);

    protected override string? OnLoad()
    {
        Type_ = Settings.IsSet(ServiceDirectives.Type) ? Get(ServiceDirectives.Type)
            : Get(ServiceDirectives.BusName).Length > 0 ? ServiceType.Dbus
            : Commands(ServiceCommand.Start).Length > 0 ? ServiceType.Simple : ServiceType.Oneshot;
        ExecDependencies.Add(this);
        if (Get(ServiceDirectives.BusName).Length > 0 && Type_ == ServiceType.Dbus)
        {
            AddDependency(Dep.After | Dep.Requires, SpecialUnits.DbusSocket, DepOrigin.Implicit);
        }
        foreach (UnitName socket in Get(ServiceDirectives.Sockets))
        {
            AddDependency(Dep.Wants | Dep.After | Dep.TriggeredBy, socket, DepOrigin.File);
        }
        if (Get(UnitDirectives.DefaultDependencies)) { AddDefaults(); }
        return TakesBusName() ? Contradiction() : "";
    }

    /// <summary>Settings that say nothing without another.</summary>
    private void WarnOfHalves()
    {
        bool descriptors = !Get(ServiceDirectives.USBFunctionDescriptors).IsEmpty, strings = !Get(ServiceDirectives.USBFunctionStrings).IsEmpty;
        if (descriptors && !strings) { Log.Warning(this, $"Service has USBFunctionDescriptors= setting, but no USBFunctionStrings=. Ignoring."); }
        if (strings && !descriptors) { Log.Warning(this, $"Service has USBFunctionStrings= setting, but no USBFunctionDescriptors=. Ignoring."); }
        if (Get(ServiceDirectives.RuntimeRandomizedExtraSec) != Usec.Zero && Get(ServiceDirectives.RuntimeMaxSec).IsInfinity)
        {
            Log.Warning(this, $"Service has RuntimeRandomizedExtraSec= setting, but no RuntimeMaxSec=. Ignoring.");
        }
    }

    private bool TakesBusName()
    {
        string name = Get(ServiceDirectives.BusName).ToString();
        if (name.Length == 0) { return true; }
        if (Manager.BusNames.TryGetValue(name, out List<Unit>? units) && units.Exists(u => u != this && Claims(u, name)))
        {
            Log.Error(this, $"Two services allocated for the same bus name {name}, refusing operation.");
            LoadFailure = Errno.EEXIST;
            return false;
        }
        Manager.WatchBusName(this, name);
        return true;
    }

    /// <summary>Those that once had the name are still listed.</summary>
    private static bool Claims(Unit unit, string name)
        => unit is ServiceUnit { IsLoaded: true } other && (other.Flags & UnitFlags.Removed) == 0 && other.Get(ServiceDirectives.BusName).ToString() == name;

    private void AddDefaults()
    {
        if (Manager.IsSystem)
        {
            AddDependency(Dep.After | Dep.Requires, SpecialUnits.Sysinit, DepOrigin.Default);
        }
        else
        {
            AddDependency(Dep.After, SpecialUnits.Basic, DepOrigin.Default);
        }
        AddDependency(Dep.After, SpecialUnits.Basic, DepOrigin.Default);
        AddDependency(Dep.Before | Dep.Conflicts, SpecialUnits.Shutdown, DepOrigin.Default);
    }

    private string? Contradiction()
    {
        int starts = Commands(ServiceCommand.Start).Length;
        bool hasStop = Commands(ServiceCommand.Stop).Length > 0;
        bool hasAction = Get(UnitDirectives.SuccessAction) != EmergencyAction.None;
        if (starts == 0 && !hasStop && !hasAction) { return "Service has no ExecStart=, ExecStop=, or SuccessAction=."; }
        if (Type_ != ServiceType.Oneshot && starts == 0) { return "Service has no ExecStart= setting, which is only allowed for Type=oneshot services."; }
        if (!Get(ServiceDirectives.RemainAfterExit) && starts == 0 && !hasAction)
        {
            return "Service has no ExecStart= and no SuccessAction= settings and does not have RemainAfterExit=yes set.";
        }
        if (Type_ != ServiceType.Oneshot && starts > 1)
        {
            return "Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services.";
        }
        if (Type_ == ServiceType.Oneshot && Get(ServiceDirectives.Restart) is ServiceRestart.Always or ServiceRestart.OnSuccess && Type_ == ServiceType.Oneshot)
        {
            return "Service has Restart= set to either always or on-success, which isn't allowed for Type=oneshot services.";
        }
        if (Type_ == ServiceType.Oneshot && !Get(ServiceDirectives.RestartForceExitStatus).IsEmpty)
        {
            return "Service has RestartForceExitStatus= set, which isn't allowed for Type=oneshot services.";
        }
        if (Type_ == ServiceType.Oneshot && Get(ServiceDirectives.ExitType) == ServiceExitType.Cgroup)
        {
            return "Service has ExitType=cgroup set, which isn't allowed for Type=oneshot services.";
        }
        if (Type_ == ServiceType.Dbus && Get(ServiceDirectives.BusName).Length == 0) { return "Service is of type D-Bus but no D-Bus service name has been specified."; }
        WarnOfHalves();
        return null;
    }
}
