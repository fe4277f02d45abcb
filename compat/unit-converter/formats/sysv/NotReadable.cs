namespace SysMaster.UnitConverter.Formats.Sysv;

/// <summary>The script does what no unit says: the reading of this one script ends, and the unit will call it.</summary>
internal sealed class NotReadable(int line, string why) : Exception(why)
{
    public int Line { get; } = line;
}
