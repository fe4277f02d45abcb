using SysMaster.Linux;

namespace SysMaster.Units.Mount;

/// <summary>What the kernel says of one mount point: the topmost mount there.</summary>
/// <param name="What">The source, "/dev/vda1", "tmpfs".</param>
/// <param name="Type">The file system type.</param>
/// <param name="Options">Of the mount, of the file system, and those that mount(8) noted in utab: "rw,relatime,_netdev".</param>
public sealed record KernelMount(ByteText What, ByteText Type, ByteText Options);
