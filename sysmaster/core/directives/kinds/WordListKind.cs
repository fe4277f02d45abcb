using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A list with several items a line, separated by blanks and quoted where needed. A bad item is skipped, the others are taken.</summary>
/// <param name="busSignature">Of the whole array.</param>
/// <param name="flags">How words are taken out of the line.</param>
public abstract class WordListKind<T>(string busSignature, WordFlags flags = WordFlags.Unquote) : ListKind<T>(busSignature)
{
    protected override bool Add(ReadOnlySpan<byte> value, List<T> items, ParseContext ctx)
    {
        using var words = new Words(value, flags);
        bool any = false;
        while (words.Next(out ReadOnlySpan<byte> word))
        {
            if (words.HadUnknownEscape)
                ctx.Report(Severity.Warning, UnitFileMessages.UnknownEscape(word));
            if (TryItem(word, ctx, out T item))
            {
                Merge(items, item);
                any = true;
            }
            if (ctx.IsFatal)
                return any;
        }
        if (words.Failed)
            ctx.Warn("Invalid syntax, ignoring: ", value);
        return any;
    }

    protected abstract bool TryItem(ReadOnlySpan<byte> word, ParseContext ctx, out T item);
}
