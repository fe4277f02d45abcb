using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter.Formats;

/// <summary>One kind of source. Stateless: what is read goes into the conversion, each thing with its line.</summary>
internal abstract class SourceFormat
{
    /// <summary>What --from takes and the report shows.</summary>
    public abstract string Name { get; }

    /// <summary>For people.</summary>
    public abstract string Title { get; }

    /// <summary>Whether the content is of this kind. Kinds that are easily mistaken stand later in <see cref="AllFormats"/>.</summary>
    public abstract bool Recognises(SourceText source, InputOptions options);

    /// <summary>Never throws for what the source says: what cannot be carried over becomes a note.</summary>
    public abstract void Convert(SourceText source, InputOptions options, Conversion into);
}
