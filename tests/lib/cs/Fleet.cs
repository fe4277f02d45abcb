namespace SysMaster.TestRigs;

/// <summary>Machines that several cases share: booted when first asked for, ended with the collection.</summary>
public abstract class Fleet(bool isVirtual) : IDisposable
{
    private readonly Dictionary<(string Provider, string Root), Lazy<Machine>> _machines = [];

    public Machine Get(string provider, string root)
    {
        Lazy<Machine>? machine;
        lock (_machines)
        {
            if (!_machines.TryGetValue((provider, root), out machine))
                _machines[(provider, root)] = machine = new Lazy<Machine>(() => Machine.Boot(isVirtual, provider, root));
        }

        return machine.Value;
    }

    public void Dispose()
    {
        foreach (Lazy<Machine> machine in _machines.Values)
        {
            if (machine.IsValueCreated)
                machine.Value.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
