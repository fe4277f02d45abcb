using SysMaster.TestRigs;

namespace SysMaster.Vm.Tests;

/// <summary>The virtual machines that cases share.</summary>
public sealed class VirtualMachines() : Fleet(isVirtual: true)
{
    public static Machine Boot(string provider, string root, params string[] options) => Machine.Boot(true, provider, root, options);
}
