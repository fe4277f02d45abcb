namespace SysMaster.Systemctl;

/// <summary>What can be asked for.</summary>
/// <param name="Name">The word.</param>
/// <param name="Least">Operands at least.</param>
/// <param name="Most">Operands at most; -1 for any number.</param>
/// <param name="Where">Whether there must be a manager.</param>
/// <param name="Run">Gets the words, the verb itself first; returns the exit code.</param>
internal sealed record Verb(string Name, int Least, int Most, VerbPlace Where, Func<Session, string[], int> Run)
{
    public const int Any = -1;
}

internal enum VerbPlace
{
    /// <summary>Needs the manager; in a chroot it does nothing.</summary>
    Online,

    /// <summary>As <see cref="Online"/>, without a word in a chroot: answers for itself.</summary>
    Anywhere,

    /// <summary>Works on files below --root= as well.</summary>
    Files,
}
