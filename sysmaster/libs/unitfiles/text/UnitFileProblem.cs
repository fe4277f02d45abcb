namespace SysMaster.UnitFiles;

/// <summary>What is wrong with a line of a unit file. <see cref="UnitFileReader.IsFatal"/> tells which make systemd refuse the whole file.</summary>
public enum UnitFileProblem
{
    None,

    /// <summary>Warning; the line is skipped.</summary>
    OutsideOfSection,
    MissingEquals,
    MissingKey,

    /// <summary>systemd refuses the file: EINVAL.</summary>
    NotUtf8,

    /// <summary>systemd refuses the file: EBADMSG.</summary>
    InvalidSectionHeader,
    BadCharactersInSection,

    /// <summary>systemd refuses the file: ENOBUFS. Nothing follows.</summary>
    LineTooLong,
    ContinuationTooLong,
}
