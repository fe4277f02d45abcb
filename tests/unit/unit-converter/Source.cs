using System.Text;
using SysMaster.UnitConverter.Formats;
using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Output;

namespace SysMaster.UnitConverter.Tests;

/// <summary>A source out of a string, converted.</summary>
internal static class Source
{
    public static Conversion Convert(string path, string text, string? from = null, string root = "/nonexistent")
        => Convert(path, Encoding.UTF8.GetBytes(text), from, root);

    public static Conversion Convert(string path, byte[] bytes, string? from = null, string root = "/nonexistent")
    {
        var options = new InputOptions { Root = root, From = from };
        SourceText? source = SourceText.Decode(path, bytes, out string problem, out int line);
        return source is null ? Converter.Failed(path, line, problem) : Converter.Convert(source, options, isNamed: true)!;
    }

    public static string Text(this Conversion conversion, string unit)
        => UnitText.Of(conversion.Units.Single(u => u.Name == unit), conversion);

    /// <summary>All "Key=value" lines of a unit, without its head.</summary>
    public static string[] Lines(this Conversion conversion, string unit, string key)
        => [.. conversion.Units.Single(u => u.Name == unit).Assignments.Where(a => a.Key == key).Select(a => a.Value)];
}
