namespace SysMaster.Core.Logging;

/// <summary>CODE_FILE=, CODE_LINE=, CODE_FUNC=: where our own source said it.</summary>
internal readonly struct CodeLocation(string file, int line, string function)
{
    public int Line { get; } = line;

    public string Function { get; } = function;

    /// <summary>From the repository's root, not from wherever it was compiled.</summary>
    public ReadOnlySpan<char> File
    {
        get
        {
            int root = file.LastIndexOf("/sysmaster/", StringComparison.Ordinal);
            return root >= 0 ? file.AsSpan(root + 1) : file.AsSpan(file.LastIndexOf('/') + 1);
        }
    }
}
