using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>While many units are loaded at once, what instances of one template share is read once.</summary>
public sealed partial class Manager
{
    private const int BatchedText = 64 << 10;
    private const int BatchedTexts = 256;

    private Dictionary<ByteText, byte[]>? _texts;

    /// <summary>A file of the unit path.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="isShared">Others of the batch will ask for the same one.</param>
    /// <param name="limit">EFBIG beyond it, in bytes.</param>
    internal Result<byte[]> TextOf(ByteText path, bool isShared, int limit)
    {
        if (isShared && _texts is { } texts && texts.TryGetValue(path, out byte[]? known)) { return known; }
        Result<byte[]> read = Sys.ReadFile(path, limit);
        if (isShared && !read.Failed && _texts is { Count: < BatchedTexts } open && read.Value.Length <= BatchedText) { open[path] = read.Value; }
        return read;
    }

    /// <summary>Until it is disposed a shared text is what it was when it was read first.</summary>
    private TextBatch BatchTexts()
    {
        _texts = [];
        return new TextBatch(this);
    }

    private readonly ref struct TextBatch(Manager manager) : IDisposable
    {
        public void Dispose() => manager._texts = null;
    }
}
