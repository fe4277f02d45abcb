namespace SysMaster.UnitFiles.Install;

/// <summary>The words for <see cref="UnitFileState"/>.</summary>
public static class UnitFileStates
{
    private static readonly string[] s_words =
    [
        "enabled", "enabled-runtime", "linked", "linked-runtime", "alias", "masked", "masked-runtime", "static", "disabled", "indirect", "generated",
        "transient", "bad",
    ];

    public static string Word(this UnitFileState state) => s_words[(int)state];

    /// <returns>Null for a word that is no state.</returns>
    public static UnitFileState? FromWord(string word) => Array.IndexOf(s_words, word) is var i && i >= 0 ? (UnitFileState)i : null;
}
