namespace SysMaster.Systemctl;

/// <summary>What stands behind the equals sign: no, one or many lines of the same name.</summary>
/// <param name="Lines">Many for lists of structs.</param>
/// <param name="IsEmpty">As good as empty, whatever is written.</param>
/// <param name="Always">Shown without --all even where it is empty.</param>
internal sealed record PropertyText(IReadOnlyList<string> Lines, bool Always = false, bool IsEmpty = false)
{
    public const string UnprintableWord = "[unprintable]";

    public static readonly PropertyText Unprintable = new([UnprintableWord]);

    public static PropertyText One(string value) => new([value]);
}
