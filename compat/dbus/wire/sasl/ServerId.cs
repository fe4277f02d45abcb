using SysMaster.Linux;

namespace SysMaster.DBus.Wire;

/// <summary>The id that a server says after OK: random, one for each process (D-Bus specification "Server Addresses": one for each address listened at).</summary>
internal static class ServerId
{
    /// <summary>32 lower-case hex digits.</summary>
    public static byte[] Hex { get; } = Make();

    // The runtime's random numbers would load OpenSSL; the kernel hands out a random UUID as text.
    private static byte[] Make()
    {
        byte[] hex = new byte[32];
        hex.AsSpan().Fill((byte)'5');   // without /proc: nobody trusts the id
        Result<byte[]> uuid = Sys.ReadFile((ByteText)"/proc/sys/kernel/random/uuid", 4096);
        if (uuid.Failed) { return hex; }
        int at = 0;
        foreach (byte c in uuid.Value)
        {
            if (c is not ((byte)'-' or (byte)'\n') && at < hex.Length) { hex[at++] = c; }
        }
        return hex;
    }
}
