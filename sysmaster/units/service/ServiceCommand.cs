namespace SysMaster.Units.Service;

/// <summary>The lists of commands of a service; the order is that of their life and of their bits in the savepoint.</summary>
public enum ServiceCommand : byte { Condition, StartPre, Start, StartPost, Reload, Stop, StopPost }

/// <summary>The roles of <see cref="SysMaster.Core.ProcessSlot"/>.</summary>
internal static class Roles
{
    public const int Main = 0;
    public const int Control = 1;
}
