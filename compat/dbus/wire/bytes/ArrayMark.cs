namespace SysMaster.DBus.Wire;

/// <summary>Where an array being written keeps its length, and where its first element begins. From <see cref="MessageWriter.BeginArray"/>.</summary>
public readonly struct ArrayMark(int lengthAt, int start)
{
    internal int LengthAt { get; } = lengthAt;

    internal int Start { get; } = start;
}
