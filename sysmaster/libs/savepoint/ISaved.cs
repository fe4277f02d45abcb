namespace SysMaster.Savepoint;

/// <summary>An object whose whole state goes into one record.</summary>
public interface ISaved
{
    /// <summary>Writes every field that differs from its default. Makes no system call.</summary>
    void Save(RecordWriter writer);
}
