using System.Text;
using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Install;

/// <summary>Reads the [Install] section of a unit file or drop-in into a record. man 5 systemd.unit.</summary>
/// <param name="unit">What the file belongs to.</param>
/// <param name="context">Where units named by Also= are added.</param>
/// <param name="specifiers">For Also= and DefaultInstance=, which are resolved at once.</param>
/// <param name="path">For messages: with the root's prefix.</param>
/// <param name="tell">Who hears of lines that are passed over, or that end the reading.</param>
internal readonly ref struct InstallSection(
    InstallRecord unit, InstallContext context, InstallSpecifiers specifiers, ByteText path, Action<InstallProblem> tell)
{
    /// <param name="file">The whole file.</param>
    public InstallErrorKind Read(ReadOnlySpan<byte> file)
    {
        using var reader = new UnitFileReader(file);
        while (reader.MoveNext())
        {
            if (reader.Item == UnitFileItem.BadLine)
            {
                bool isText = reader.Problem != UnitFileProblem.NotUtf8;
                tell(new InstallProblem(unit.Name.Text, path, reader.Line, UnitFileMessages.Of(reader.Problem, reader.Raw), reader.IsFatal && isText));
                if (reader.IsFatal) { return isText ? InstallErrorKind.BadFile : InstallErrorKind.InvalidArgument; }
            }
            if (reader.Item == UnitFileItem.Section && !reader.Section.SequenceEqual("Install"u8)) { reader.IgnoreSection(); }
            if (reader.Item != UnitFileItem.Assignment || !reader.Section.SequenceEqual("Install"u8)) { continue; }
            InstallErrorKind error = Assign(reader.Key, reader.Value, reader.Line);
            if (error != InstallErrorKind.None) { return error; }
        }
        return InstallErrorKind.None;
    }

    private void Warn(int line, string text) => tell(new InstallProblem(unit.Name.Text, path, line, text));

    private InstallErrorKind Assign(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, int line)
    {
        if (key.SequenceEqual("Also"u8)) { return AddAlso(value, line); }
        if (key.SequenceEqual("DefaultInstance"u8)) { return SetDefaultInstance(value, line); }
        if (key.SequenceEqual("Alias"u8) && !AliasRules.MayAlias(unit.Name.Kind))
        {
            Warn(line, $"Alias= is not allowed for {unit.Name.Kind.Word()} units, ignoring.");
            return InstallErrorKind.None;
        }
        List<ByteText>? list = key switch
        {
            _ when key.SequenceEqual("Alias"u8) => unit.Aliases,
            _ when key.SequenceEqual("WantedBy"u8) => unit.WantedBy,
            _ when key.SequenceEqual("RequiredBy"u8) => unit.RequiredBy,
            _ when key.SequenceEqual("UpheldBy"u8) => unit.UpheldBy,
            _ => null,
        };
        if (list is null)
        {
            if (!key.StartsWith("X-"u8)) { Warn(line, UnitFileMessages.UnknownKey(key, "Install"u8)); }
            return InstallErrorKind.None;
        }
        if (value.IsEmpty) { list.Clear(); }
        using var words = new Words(value, WordFlags.Unquote | WordFlags.RetainEscape);
        while (words.Next(out ReadOnlySpan<byte> word)) { list.Add(word); }
        return InstallErrorKind.None;
    }

    private InstallErrorKind AddAlso(ReadOnlySpan<byte> value, int line)
    {
        using var words = new Words(value);
        while (words.Next(out ReadOnlySpan<byte> word))
        {
            if (specifiers.Expand(unit, word, out InstallErrorKind error) is not { } text)
            {
                Warn(line, $"Failed to resolve unit name in Also=\"{Encoding.UTF8.GetString(word)}\": {Reason(error)}");
                return error;
            }
            UnitName also = UnitName.Parse(text);
            if (!also.IsValid) { return InstallErrorKind.InvalidArgument; }
            context.Add(also, isAuxiliary: true);
            unit.Also.Add(also);
        }
        return InstallErrorKind.None;
    }

    /// <summary>An instance has its own; only templates take it.</summary>
    private InstallErrorKind SetDefaultInstance(ReadOnlySpan<byte> value, int line)
    {
        if (unit.Name.IsInstance) { return InstallErrorKind.None; }
        if (!unit.Name.IsTemplate)
        {
            Warn(line, "DefaultInstance= only makes sense for template units, ignoring.");
            return InstallErrorKind.None;
        }
        if (specifiers.Expand(unit, value, out InstallErrorKind error) is not { } text)
        {
            Warn(line, $"Failed to resolve instance name in DefaultInstance=\"{Encoding.UTF8.GetString(value)}\": {Reason(error)}");
            return error;
        }
        if (text.Length > 0 && !UnitName.IsValidInstance(text))
        {
            Warn(line, $"Invalid DefaultInstance= value \"{text}\".");
            return InstallErrorKind.InvalidArgument;
        }
        unit.DefaultInstance = text;
        return InstallErrorKind.None;
    }

    private static string Reason(InstallErrorKind error) => InstallChange.Fail(error, default).AsErrno.ToString();
}
