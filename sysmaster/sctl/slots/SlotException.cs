namespace SysMaster.Sctl.Slots;

/// <summary>A request that cannot be met, in words for people; nothing was changed.</summary>
internal sealed class SlotException(string message) : Exception(message);
