using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Install;

/// <summary>Reads the [Install] section of a unit file or drop-in into a record. man 5 systemd.unit.</summary>
internal static class InstallSection
{
    /// <param name="file">The whole file.</param>
    /// <param name="unit">What it belongs to.</param>
    /// <param name="context">Where units named by Also= are added.</param>
    /// <param name="specifiers">For Also= and DefaultInstance=, which are resolved at once.</param>
    /// <param name="failure">The line at which the file cannot be read on, or the text whose specifiers cannot be resolved.</param>
    public static InstallErrorKind Read(
        ReadOnlySpan<byte> file, InstallRecord unit, InstallContext context, InstallSpecifiers specifiers, out ByteText failure)
    {
        failure = default;
        using var reader = new UnitFileReader(file);
        while (reader.MoveNext())
        {
            if (reader.Item == UnitFileItem.BadLine && reader.IsFatal)
            {
                failure = reader.Raw;
                return InstallErrorKind.BadFile;
            }
            if (reader.Item == UnitFileItem.Section && !reader.Section.SequenceEqual("Install"u8)) { reader.IgnoreSection(); }
            if (reader.Item != UnitFileItem.Assignment || !reader.Section.SequenceEqual("Install"u8)) { continue; }
            InstallErrorKind error = Assign(reader.Key, reader.Value, unit, context, specifiers);
            if (error == InstallErrorKind.None) { continue; }
            failure = reader.Value;
            return error;
        }
        return InstallErrorKind.None;
    }

    private static InstallErrorKind Assign(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, InstallRecord unit, InstallContext context, InstallSpecifiers specifiers)
    {
        if (key.SequenceEqual("Also"u8)) { return AddAlso(value, unit, context, specifiers); }
        if (key.SequenceEqual("DefaultInstance"u8)) { return SetDefaultInstance(value, unit, specifiers); }
        List<ByteText>? list = key switch
        {
            _ when key.SequenceEqual("Alias"u8) => AliasRules.MayAlias(unit.Name.Kind) ? unit.Aliases : null,
            _ when key.SequenceEqual("WantedBy"u8) => unit.WantedBy,
            _ when key.SequenceEqual("RequiredBy"u8) => unit.RequiredBy,
            _ when key.SequenceEqual("UpheldBy"u8) => unit.UpheldBy,
            _ => null,
        };
        if (list is null) { return InstallErrorKind.None; }
        if (value.IsEmpty) { list.Clear(); }
        using var words = new Words(value, WordFlags.Unquote | WordFlags.RetainEscape);
        while (words.Next(out ReadOnlySpan<byte> word)) { list.Add(word); }
        return InstallErrorKind.None;
    }

    private static InstallErrorKind AddAlso(ReadOnlySpan<byte> value, InstallRecord unit, InstallContext context, InstallSpecifiers specifiers)
    {
        using var words = new Words(value);
        while (words.Next(out ReadOnlySpan<byte> word))
        {
            if (specifiers.Expand(unit, word, out InstallErrorKind error) is not { } text) { return error; }
            UnitName also = UnitName.Parse(text);
            if (!also.IsValid) { return InstallErrorKind.InvalidArgument; }
            context.Add(also, isAuxiliary: true);
            unit.Also.Add(also);
        }
        return InstallErrorKind.None;
    }

    /// <summary>An instance has its own; only templates take it.</summary>
    private static InstallErrorKind SetDefaultInstance(ReadOnlySpan<byte> value, InstallRecord unit, InstallSpecifiers specifiers)
    {
        if (!unit.Name.IsTemplate) { return InstallErrorKind.None; }
        if (specifiers.Expand(unit, value, out InstallErrorKind error) is not { } text) { return error; }
        if (text.Length > 0 && !UnitName.IsValidInstance(text)) { return InstallErrorKind.InvalidArgument; }
        unit.DefaultInstance = text;
        return InstallErrorKind.None;
    }
}
