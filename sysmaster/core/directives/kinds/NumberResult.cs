namespace SysMaster.Core.Directives;

/// <summary>What came of reading a number; the complaint tells the two failures apart.</summary>
internal enum NumberResult
{
    Done,
    Invalid,
    OutOfRange,
}
