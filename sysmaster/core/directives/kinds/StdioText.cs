using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

internal static class StdioText
{
    /// <summary>What stands behind the colon of <c>file:</c> or <c>fd:</c>.</summary>
    public static bool TryArgument(ReadOnlySpan<byte> value, TextRule rule, string complaint, ParseContext ctx, out ByteText result)
    {
        result = default;
        var text = new ByteBuilder(stackalloc byte[256]);
        bool ok = ctx.Expand(value, ref text);
        if (ok && rule == TextRule.Path && !PathText.IsAbsolute(text.Written))
        {
            ctx.Error("{0}= path is not absolute: ", text.Written);
            ok = false;
        }
        if (ok && rule == TextRule.FdName && text.Length == 0)   // the stream's own name
        {
            text.Dispose();
            return true;
        }
        ok = ok && TextRules.Check(rule, text.Written, complaint, fatal: false, ctx, out result);
        text.Dispose();
        return ok;
    }
}
