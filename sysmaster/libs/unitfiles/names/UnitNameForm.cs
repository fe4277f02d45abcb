namespace SysMaster.UnitFiles;

/// <summary>The three forms a unit name has.</summary>
public enum UnitNameForm : byte
{
    Invalid,

    /// <summary>foo.service</summary>
    Plain,

    /// <summary>foo@.service</summary>
    Template,

    /// <summary>foo@bar.service</summary>
    Instance,
}
