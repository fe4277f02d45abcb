namespace SysMaster.DBus.Wire;

/// <summary>Bounds of the D-Bus specification, and the tighter ones of ours.</summary>
public static class Limits
{
    /// <summary>The specification's bound for one message.</summary>
    public const int MessageMax = 128 << 20;

    /// <summary>The largest message we take from anyone.</summary>
    public const int ReceivedMax = 16 << 20;

    /// <summary>The specification's bound for the bytes of one array.</summary>
    public const int ArrayMax = 64 << 20;

    /// <summary>Nesting of arrays, and of structs, each; a value is never deeper than both together.</summary>
    public const int DepthMax = 32;

    /// <summary>Bytes of a bus, interface, member or error name, and of a signature.</summary>
    public const int NameMax = 255;

    /// <summary>SCM_MAX_FD of the kernel: more descriptors do not fit one sendmsg(2).</summary>
    public const int FdsMax = 253;

    /// <summary>What a peer may send before it is authenticated.</summary>
    public const int AuthMax = 16 << 10;

    /// <summary>A match rule as text.</summary>
    public const int MatchRuleMax = 1024;

    /// <summary>Unsent bytes after which a peer that does not read is cut off.</summary>
    public const int OutputMax = 16 << 20;

    /// <summary>How long a peer with much to read may read nothing before nobody waits for it, ms.</summary>
    public const int PatienceMs = 5000;

    /// <summary>A write up to this size is taken whole or not at all by a stream socket (one buffer of the kernel).</summary>
    public const int AtomicWrite = 32 << 10;
}
