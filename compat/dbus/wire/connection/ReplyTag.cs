namespace SysMaster.DBus.Wire;

/// <summary>What a pending call was for, as data: two numbers of the owner's, so that it can be written down. Negative kinds are this room's.</summary>
public readonly record struct ReplyTag(int Kind, long Data = 0);
