namespace SysMaster.Core.Boot;

/// <summary>Where we run, in the words of systemd-detect-virt(1). The container counts before the machine it is in.</summary>
/// <param name="Container">"docker", "systemd-nspawn", "container-other"… or empty.</param>
/// <param name="Machine">"kvm", "qemu", "vm-other"… or empty on bare metal.</param>
public sealed record Virtualization(string Container, string Machine)
{
    public bool IsContainer => Container.Length > 0;

    public bool IsMachine => Machine.Length > 0;

    /// <summary>The innermost: the Virtualization property, %v of systemd-detect-virt; empty when there is none.</summary>
    public string Id => IsContainer ? Container : Machine;

    /// <param name="containerEnvironment">$container of PID 1's environment; null when PID 1 has none (then files are asked).</param>
    public static Virtualization Detect(string? containerEnvironment)
        => new(ContainerDetection.Detect(containerEnvironment), MachineDetection.Detect());
}
