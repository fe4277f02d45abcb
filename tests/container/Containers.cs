using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>The containers that cases share.</summary>
public sealed class Containers() : Fleet(isVirtual: false)
{
    public static Machine Boot(string provider, string root, params string[] options) => Machine.Boot(false, provider, root, options);
}
