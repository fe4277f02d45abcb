namespace SysMaster.UnitFiles.Lookup;

/// <summary>Which name may stand for which. man 5 systemd.unit, "Alias=" and "DESCRIPTION" (a link's name against its target's).</summary>
internal static class AliasRules
{
    /// <summary>The names of mounts, automounts, swaps, slices and scopes say what they are: they have no others.</summary>
    public static bool MayAlias(UnitKind kind)
        => kind is UnitKind.Service or UnitKind.Socket or UnitKind.Target or UnitKind.Device or UnitKind.Timer or UnitKind.Path;

    /// <returns>Null when <paramref name="alias"/> may be another name of <paramref name="target"/>.</returns>
    public static LookupProblemKind? Check(ReadOnlySpan<byte> alias, ReadOnlySpan<byte> target)
    {
        NameForm from = NameForm.Of(alias);
        NameForm to = NameForm.Of(target);
        if (!MayAlias(from.Kind)) { return LookupProblemKind.AliasType; }
        if (to.Kind == UnitKind.None) { return LookupProblemKind.AliasSuffix; }
        bool fits = (from.Form, to.Form) switch
        {
            (UnitNameForm.Plain, UnitNameForm.Plain) => true,
            (UnitNameForm.Template, UnitNameForm.Template) => true,
            (UnitNameForm.Instance, UnitNameForm.Template) => true,
            (UnitNameForm.Instance, UnitNameForm.Instance) => from.Instance.SequenceEqual(to.Instance),
            _ => false,
        };
        return !fits ? LookupProblemKind.AliasForm : from.Kind != to.Kind ? LookupProblemKind.AliasSuffix : null;
    }
}
