namespace SysMaster.Core.Boot;

/// <summary>The id of this boot and how firmly it stands.</summary>
/// <param name="Id">32 hex digits.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="IsTransient">It lies in /run/machine-id, mounted over /etc/machine-id; systemd-machine-id-commit makes it last.</param>
public readonly record struct MachineIdState(string Id, MachineIdSource Source, bool IsTransient);
