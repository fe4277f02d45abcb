namespace SysMaster.Core.Tests.Conditions;

/// <summary>Cases of the kinds that take no plain path.</summary>
internal static class OtherCases
{
    public static readonly string[] All =
    [
        "PathExistsGlob=/etc/pass*", "PathExistsGlob=/etc/{passwd,none}", "PathExistsGlob=/etc/none*", "PathExistsGlob=/etc/passw[a-d]",
        "Architecture=native", "Architecture=x86-64", "Architecture=arm64", "Architecture=foo", "Architecture=!x86-64",
        "Firmware=uefi", "Firmware=device-tree", "Firmware=device-tree-compatible(foo,bar)", "Firmware=nothing",
        "Firmware=smbios-field(bios_vendor=Foo)", "Firmware=smbios-field(bios_vendor $= *)", "Firmware=smbios-field(bios_vendor)",
        "Virtualization=yes", "Virtualization=no", "Virtualization=vm", "Virtualization=container", "Virtualization=docker", "Virtualization=kvm",
        "Virtualization=private-users", "Virtualization=systemd-nspawn", "Virtualization=podman", "Virtualization=foo",
        "Host=" + Environment.MachineName, "Host=*", "Host=nobody", "Host=0123456789abcdef0123456789abcdef", "Host=" + Environment.MachineName.ToUpperInvariant(),
        "KernelCommandLine=quiet", "KernelCommandLine=no-such-word", "KernelCommandLine=a=b", "KernelCommandLine=console",
        "KernelVersion=>=5", "KernelVersion=>= 5", "KernelVersion=<5", "KernelVersion=*", "KernelVersion=$=5.*", "KernelVersion=!$=5.*", "KernelVersion=<>5",
        "KernelVersion=>=5 <100", "KernelVersion=>=5 <6", "KernelVersion=>5 5", "KernelVersion=!=5", "KernelVersion==5", "KernelVersion===5", "KernelVersion=> 3 < 999", "KernelVersion=> 3 <999", "KernelVersion=>5 6*", "KernelVersion=>",
        "Credential=foo", "Credential=a/b",
        "Environment=PATH", "Environment=NOT_THERE", "Environment=HOME=/nonsense", "Environment=HOME=" + Environment.GetEnvironmentVariable("HOME"),
        "Security=selinux", "Security=apparmor", "Security=tomoyo", "Security=ima", "Security=smack", "Security=audit", "Security=uefi-secureboot", "Security=tpm2", "Security=foo",
        "Capability=CAP_SYS_ADMIN", "Capability=CAP_CHOWN", "Capability=cap_mknod", "Capability=CAP_NONE", "Capability=0", "Capability=CAP_SYS_MODULE", "Capability=CAP_BPF",
        "ACPower=true", "ACPower=no", "ACPower=maybe",
        "NeedsUpdate=/etc", "NeedsUpdate=/var", "NeedsUpdate=/nonexistent", "NeedsUpdate=!/var",
        "FirstBoot=yes", "FirstBoot=no", "FirstBoot=perhaps",
        "User=root", "User=0", "User=1000", "User=@system", "User=nobody", "User=bla bla",
        "Group=root", "Group=0", "Group=1000", "Group=nogroup", "Group=no-such-group",
        "ControlGroupController=v1", "ControlGroupController=v2", "ControlGroupController=cpu", "ControlGroupController=memory",
        "ControlGroupController=pids", "ControlGroupController=io", "ControlGroupController=foo", "ControlGroupController=cpu foo",
        "CPUs=1", "CPUs=>1", "CPUs=<1", "CPUs=>=100000", "CPUs=!=1", "CPUs==1", "CPUs=abc", "CPUs=<> 1",
        "Memory=1", "Memory=>=1M", "Memory=<1G", "Memory=> 100T", "Memory=lots", "Memory=1.5K", "Memory=<=1G 1M",
        "CPUFeature=fpu", "CPUFeature=sse3", "CPUFeature=sse4_2", "CPUFeature=avx", "CPUFeature=rdrand", "CPUFeature=pni", "CPUFeature=fma", "CPUFeature=pclmulqdq", "CPUFeature=nothing", "CPUFeature=pclmul", "CPUFeature=lm", "CPUFeature=fma3", "CPUFeature=avx2", "CPUFeature=constant_tsc",
        "OSRelease=ID=debian", "OSRelease=ID!=debian", "OSRelease=VERSION_ID>=11", "OSRelease=VERSION_ID<11", "OSRelease=ID=debian VERSION_ID=12", "OSRelease=ID=$debian",
        "OSRelease=ID$=deb*", "OSRelease=NOTHING=", "OSRelease=NOTHING=x", "OSRelease=NOTHING!=x", "OSRelease=PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"", "OSRelease=id", "OSRelease=VERSION_ID==12.0", "OSRelease=VERSION_ID<>12",
        "MemoryPressure=50%", "MemoryPressure=50%/10sec", "MemoryPressure=99%/1min", "MemoryPressure=abc", "MemoryPressure=50%/2min", "CPUPressure=100%", "IOPressure=100%", "CPUPressure=x.slice:100%", "CPUPressure=x.service:100%", "IOPressure=101%",
    ];
}
