namespace SysMaster.DBus.Wire;

/// <summary>The objects below one path, made out when they are asked for (units, jobs, sessions).</summary>
public interface IBusObjects
{
    /// <summary>Fills in what the object at this path answers to.</summary>
    /// <param name="path">Whole, below the prefix.</param>
    /// <param name="refusal">Set, with a result of false, where the error is another than UnknownObject.</param>
    /// <returns>False: no such object.</returns>
    bool Resolve(ReadOnlySpan<byte> path, BusBindings bindings, ref BusRefusal? refusal);

    /// <summary>Adds the paths of all there are, for Introspect of the prefix.</summary>
    void Enumerate(List<string> paths);
}
