using SysMaster.Linux;
using SysMaster.UnitConverter.Formats;
using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter;

/// <summary>One source, from its path to its units.</summary>
internal static class Converter
{
    /// <returns>Null for a file of a tree that is of no kind: there are many beside the sources.</returns>
    public static Conversion? Convert(SourcePath path, InputOptions options)
    {
        string inside = options.Inside(path.Path);
        if (path.IsFolder) { return Folder(path.Path, inside, options); }
        Result<byte[]> bytes = SourceReader.Read(path.Path, out string problem);
        int line = 0;
        SourceText? source = bytes.Failed ? null : SourceText.Decode(inside, bytes.Value, out problem, out line);
        if (source is not null) { return Convert(source, options, path.IsNamed); }
        // In a tree, what is no text or far too large is no source; what cannot be read may be one.
        if (!path.IsNamed && (!bytes.Failed || bytes.Error == Errno.EFBIG)) { return null; }
        return Failed(inside, line, problem);
    }

    public static Conversion? Convert(SourceText source, InputOptions options, bool isNamed)
    {
        SourceFormat? format = options.From is null ? AllFormats.Recognise(source, options) : AllFormats.Of(options.From);
        if (format is null) { return isNamed ? Failed(source.Path, 0, "of no kind that is known: --from names it") : null; }
        var into = new Conversion(source.Path, format.Name);
        if (source.ForeignLine > 0) { into.Advice(source.ForeignLine, "not UTF-8", "bytes are carried over as they are where a unit can hold them, and shown as ? elsewhere"); }
        format.Convert(source, options, into);
        return into;
    }

    public static Conversion Failed(string source, int line, string problem)
    {
        var failed = new Conversion(source, "");
        failed.Error(line, "", problem);
        return failed;
    }

    public static bool IsFolderSource(string path) => Array.Exists(AllFormats.Folders, f => f.Recognises(path));

    private static Conversion? Folder(string path, string inside, InputOptions options)
    {
        FolderFormat format = AllFormats.Folders.First(f => f.Recognises(path));
        var into = new Conversion(inside, format.Name);
        format.Convert(inside, options, into);
        return into;
    }
}
