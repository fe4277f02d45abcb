using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter.Formats;

/// <summary>A kind of source that is a folder as a whole. Stateless, as <see cref="SourceFormat"/>.</summary>
internal abstract class FolderFormat
{
    public abstract string Name { get; }

    /// <param name="folder">As this machine knows it.</param>
    public abstract bool Recognises(string folder);

    /// <param name="folder">As the installed system knows it; its files are read through the options.</param>
    public abstract void Convert(string folder, InputOptions options, Conversion into);
}
