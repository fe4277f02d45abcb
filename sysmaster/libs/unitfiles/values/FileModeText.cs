namespace SysMaster.UnitFiles;

/// <summary>Access modes: octal, at most 07777.</summary>
public static class FileModeText
{
    public static bool TryParse(ReadOnlySpan<byte> text, out uint mode)
    {
        bool done = !NumberText.ParseDigits(text, 8, out ulong value).Failed && value <= 0xFFF;
        mode = done ? (uint)value : 0;
        return done;
    }

    /// <summary>Four digits, as <c>systemctl show</c> prints: "0755".</summary>
    public static void Append(uint mode, ref ByteBuilder output)
    {
        for (int shift = 9; shift >= 0; shift -= 3) { output.Append((byte)('0' + ((mode >> shift) & 7))); }
    }
}
