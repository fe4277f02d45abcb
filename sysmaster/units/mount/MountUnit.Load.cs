using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.Units.Device;

namespace SysMaster.Units.Mount;

/// <summary>What a mount's settings, and what the kernel says of it, imply. systemd.mount(5), "Automatic Dependencies".</summary>
public sealed partial class MountUnit
{
    private static readonly ByteText s_kernelTable = "/proc/self/mountinfo"u8;
    private static readonly UnitName s_quotaCheck = UnitName.Parse("systemd-quotacheck.service");
    private static readonly UnitName s_quotaOn = UnitName.Parse("quotaon.service");
    private static readonly UnitName s_initrdRootFs = UnitName.Parse("initrd-root-fs.target");
    private static readonly UnitName s_initrdFs = UnitName.Parse("initrd-fs.target");

    public override bool IsImpliedWhenBad => true;

    protected override string? OnLoad()
    {
        if (IsRoot)
        {
            Settings.Set(UnitDirectives.DefaultDependencies, false, Origin.Default);
            // journald's socket lies on it.
            Settings.Set(ExecDirectives.StandardOutput, new ExecOutputSpec(ExecOutput.Null), Origin.Default);
        }
        if (!IsFromFragment && !IsRoot && !Settings.IsSet(UnitDirectives.SourcePath)) { Settings.Set(UnitDirectives.SourcePath, s_kernelTable, Origin.Implied); }
        if (!IsRoot) { Manager.AddMountsFor(this, MountPoints.ParentOf(Where), Dep.Requires); }
        AddSourceMounts();
        AddDevice();
        AddQuota();
        if (!IsRoot && Get(UnitDirectives.DefaultDependencies)) { AddDefaults(); }
        if (!IsRoot) { ExecDependencies.Add(this); }
        if (Contradiction() is { } refusal) { return refusal; }
        Manager.OnMountLoaded(this);
        return null;
    }

    private string? Contradiction()
    {
        ByteText where = Where;
        UnitName expected = UnitName.FromPath(where.Span, UnitKind.Mount);
        if (!expected.IsValid || !HasName(expected)) { return "Where= setting doesn't match unit name."; }
        if (MountPoints.IsApi(where.Span)) { return $"Cannot create mount unit for API file system {where.ToString()}."; }
        if (IsFromFragment && Get(MountDirectives.What).IsEmpty && !IsPerpetual) { return "What= setting is missing."; }
        if (!Get(ExecDirectives.PAMName).IsEmpty && Get(KillDirectives.KillMode) != KillMode.ControlGroup)
        {
            return "Unit has PAM enabled. Kill mode must be set to control-group'.";
        }
        return null;
    }

    /// <summary>A bind mount or an image file lies on another mount.</summary>
    private void AddSourceMounts()
    {
        ByteText what = Get(MountDirectives.What), type = Get(MountDirectives.Type), options = Get(MountDirectives.Options);
        if (!what.StartsWith("/"u8)) { return; }
        if (MountOptions.IsBind(type, options) || MountOptions.IsLoop(options) || !MountOptions.IsNetwork(type, options))
        {
            Manager.AddMountsFor(this, what, Dep.Requires);
        }
    }

    private void AddDevice()
    {
        ByteText what = What;
        if (!MountPoints.IsDevicePath(what) || what.Span.SequenceEqual("/dev/root"u8) || IsRoot || MountOptions.IsBind(FsType, Options)) { return; }
        UnitName device = UnitName.FromPath(what.Span, UnitKind.Device);
        if (!device.IsValid) { return; }
        DepOrigin origin = IsFromFragment ? DepOrigin.File : DepOrigin.Mountinfo;
        bool? bound = MountOptions.DeviceBound(IsFromFragment ? Get(MountDirectives.Options) : Options);
        bool bind = bound ?? DeviceTable.Of(Manager).WantsMountsBound(device);
        Dep kinds = !Manager.IsSystem ? Dep.Wants : bind ? Dep.BindsTo : Dep.Requires;
        if (bound is null && IsFromFragment) { kinds |= Dep.StopPropagatedFrom; }
        AddDependency(Dep.After | kinds, device, origin);
        UnitName target = UnitName.Parse("blockdev@.target").WithPathInstance(what.Span);
        if (target.IsValid) { AddDependency(Dep.After, target, origin); }
    }

    private void AddQuota()
    {
        ByteText options = Get(MountDirectives.Options), type = Get(MountDirectives.Type);
        if (!Manager.IsSystem || !IsFromFragment || !MountOptions.NeedsQuota(options)) { return; }
        if (MountOptions.IsNetwork(type, options) || MountOptions.IsBind(type, options)) { return; }
        AddDependency(Dep.Before | Dep.Wants, s_quotaCheck, DepOrigin.File);
        AddDependency(Dep.Before | Dep.Wants, s_quotaOn, DepOrigin.File);
    }

    public override bool IsExtrinsic => IsPerpetual || !Manager.IsSystem || MountPoints.IsExtrinsic(Where.Span)
        || (!Manager.Facts.InInitrd && MountOptions.Has(Options, "x-initrd.mount"u8));

    private void AddDefaults()
    {
        if (IsExtrinsic) { return; }
        DepOrigin origin = IsFromFragment ? DepOrigin.Default : DepOrigin.Mountinfo;
        bool network = MountOptions.IsNetwork(FsType, Options);
        bool nofail = IsFromFragment && MountOptions.Has(Get(MountDirectives.Options), "nofail"u8);
        ByteText where = Where;
        if (Manager.Facts.InInitrd && where.StartsWith("/sysroot"u8) && (where.Length == 8 || where.Span[8] == (byte)'/'))
        {
            if (!nofail) { AddDependency(Dep.Before, where.Length <= 9 ? s_initrdRootFs : s_initrdFs, origin); }
        }
        else
        {
            if (!nofail) { AddDependency(Dep.Before, network ? SpecialUnits.RemoteFs : SpecialUnits.LocalFs, origin); }
            AddDependency(Dep.After, network ? SpecialUnits.RemoteFsPre : SpecialUnits.LocalFsPre, origin);
        }
        AddDependency(Dep.Before | Dep.Conflicts, SpecialUnits.Umount, origin);
        if (network)
        {
            AddDependency(Dep.After, SpecialUnits.Network, origin);
            AddDependency(Dep.After | Dep.Wants, SpecialUnits.NetworkOnline, origin);
        }
        // Memory that a tmpfs holds may lie in swap: it is unmounted before swap goes.
        if (FsType.Span.SequenceEqual("tmpfs"u8)) { AddDependency(Dep.After, SpecialUnits.Swap, origin); }
    }

    /// <summary>Its device has come to ask for it (SYSTEMD_MOUNT_DEVICE_BOUND=): the mount goes with the device.</summary>
    internal void BindTo(Unit device)
    {
        if (HasDependency(Dep.Requires, device)) { AddDependency(Dep.BindsTo, device, DepOrigin.Udev); }
    }

    /// <summary>The kernel's table has an entry for this mount point, or has changed it.</summary>
    internal void SetKernel(KernelMount? mount)
    {
        KernelMount? before = Kernel;
        bool changed = before != mount;
        Kernel = mount;
        if (mount is null) { MarkForCollection(); }
        if (!changed || mount is null) { return; }
        if (LoadState is UnitLoadState.NotFound or UnitLoadState.BadSetting or UnitLoadState.Error) { Manager.LoadAgain(this); }
        else if (IsLoaded && (before is null || !ImplySame(before, mount)))
        {
            RemoveDependencies(DepOrigin.Mountinfo);
            AddDevice();
            if (!IsRoot && Get(UnitDirectives.DefaultDependencies)) { AddDefaults(); }
        }
        MarkChanged();
    }

    /// <summary>A remount with other options mostly leaves the dependencies as they are.</summary>
    private static bool ImplySame(KernelMount a, KernelMount b) =>
        a.What == b.What && a.Type == b.Type && MountOptions.IsNetwork(a.Type, a.Options) == MountOptions.IsNetwork(b.Type, b.Options)
        && MountOptions.DeviceBound(a.Options) == MountOptions.DeviceBound(b.Options)
        && MountOptions.Has(a.Options, "x-initrd.mount"u8) == MountOptions.Has(b.Options, "x-initrd.mount"u8);
}
