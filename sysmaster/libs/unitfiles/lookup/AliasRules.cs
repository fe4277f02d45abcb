namespace SysMaster.UnitFiles.Lookup;

/// <summary>Which name may stand for which. man 5 systemd.unit, "Alias=" and "DESCRIPTION" (a link's name against its target's).</summary>
internal static class AliasRules
{
    /// <returns>Null when <paramref name="alias"/> may be another name of <paramref name="target"/>.</returns>
    public static LookupProblemKind? Check(ReadOnlySpan<byte> alias, ReadOnlySpan<byte> target)
    {
        NameForm from = NameForm.Of(alias);
        NameForm to = NameForm.Of(target);
        if (from.Kind != to.Kind) { return LookupProblemKind.AliasSuffix; }
        bool fits = (from.Form, to.Form) switch
        {
            (UnitNameForm.Plain, UnitNameForm.Plain) => true,
            (UnitNameForm.Template, UnitNameForm.Template) => true,
            (UnitNameForm.Instance, UnitNameForm.Template) => true,
            (UnitNameForm.Instance, UnitNameForm.Instance) => from.Instance.SequenceEqual(to.Instance),
            _ => false,
        };
        return fits ? null : LookupProblemKind.AliasForm;
    }
}
