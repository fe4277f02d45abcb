namespace SysMaster.DBus.Wire;

/// <summary>
/// What one read goes into, and the message that is looked at: one of each for the whole process (a daemon has one thread, tests
/// have several), so an idle connection holds no buffer.
/// </summary>
internal static class InputScratch
{
    /// <summary>Bytes of one read: also the bound of what one peer gets done in one turn.</summary>
    public const int Size = 16 << 10;

    [ThreadStatic]
    private static byte[]? s_buffer;

    [ThreadStatic]
    private static Message? s_message;

    public static byte[] Buffer => s_buffer ??= new byte[Size];

    public static Message Message => s_message ??= new Message();
}
