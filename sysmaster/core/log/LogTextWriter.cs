using SysMaster.Linux;

namespace SysMaster.Core.Logging;

/// <summary>How each kind of value becomes text in a message; shared by the two interpolation handlers.</summary>
internal static class LogTextWriter
{
    public static void Value<T>(LogBuffer buffer, T value, ReadOnlySpan<char> format)
    {
        switch (value)
        {
            case null:
                return;
            case string text:
                buffer.Append(text);
                return;
            case ByteText text:
                buffer.Append(text.Span);
                return;
            case IUtf8SpanFormattable:
                Formattable(buffer, value, format);
                return;
            default:
                buffer.Append(value.ToString());
                return;
        }
    }

    private static void Formattable<T>(LogBuffer buffer, T value, ReadOnlySpan<char> format)
    {
        // The common numbers, without a box.
        if (value is int i && format.IsEmpty) { buffer.Append((long)i); }
        else if (value is long l && format.IsEmpty) { buffer.Append(l); }
        else if (value is uint u && format.IsEmpty) { buffer.Append((long)u); }
        else { buffer.Append((IUtf8SpanFormattable)value!, format); }
    }
}
