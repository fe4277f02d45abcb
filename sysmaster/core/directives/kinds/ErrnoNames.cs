using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Error numbers by name, as errno(3); the same on x86-64 and arm64. "kill" is <see cref="FilterRule.Kill"/>.</summary>
internal static class ErrnoNames
{
    private static readonly string[] s_names =   // without the E
    [
        "", "PERM", "NOENT", "SRCH", "INTR", "IO", "NXIO", "2BIG", "NOEXEC", "BADF", "CHILD", "AGAIN", "NOMEM", "ACCES", "FAULT", "NOTBLK",
        "BUSY", "EXIST", "XDEV", "NODEV", "NOTDIR", "ISDIR", "INVAL", "NFILE", "MFILE", "NOTTY", "TXTBSY", "FBIG", "NOSPC", "SPIPE", "ROFS",
        "MLINK", "PIPE", "DOM", "RANGE", "DEADLK", "NAMETOOLONG", "NOLCK", "NOSYS", "NOTEMPTY", "LOOP", "", "NOMSG", "IDRM", "CHRNG",
        "L2NSYNC", "L3HLT", "L3RST", "LNRNG", "UNATCH", "NOCSI", "L2HLT", "BADE", "BADR", "XFULL", "NOANO", "BADRQC", "BADSLT", "", "BFONT",
        "NOSTR", "NODATA", "TIME", "NOSR", "NONET", "NOPKG", "REMOTE", "NOLINK", "ADV", "SRMNT", "COMM", "PROTO", "MULTIHOP", "DOTDOT",
        "BADMSG", "OVERFLOW", "NOTUNIQ", "BADFD", "REMCHG", "LIBACC", "LIBBAD", "LIBSCN", "LIBMAX", "LIBEXEC", "ILSEQ", "RESTART",
        "STRPIPE", "USERS", "NOTSOCK", "DESTADDRREQ", "MSGSIZE", "PROTOTYPE", "NOPROTOOPT", "PROTONOSUPPORT", "SOCKTNOSUPPORT", "OPNOTSUPP",
        "PFNOSUPPORT", "AFNOSUPPORT", "ADDRINUSE", "ADDRNOTAVAIL", "NETDOWN", "NETUNREACH", "NETRESET", "CONNABORTED", "CONNRESET",
        "NOBUFS", "ISCONN", "NOTCONN", "SHUTDOWN", "TOOMANYREFS", "TIMEDOUT", "CONNREFUSED", "HOSTDOWN", "HOSTUNREACH", "ALREADY",
        "INPROGRESS", "STALE", "UCLEAN", "NOTNAM", "NAVAIL", "ISNAM", "REMOTEIO", "DQUOT", "NOMEDIUM", "MEDIUMTYPE", "CANCELED", "NOKEY",
        "KEYEXPIRED", "KEYREVOKED", "KEYREJECTED", "OWNERDEAD", "NOTRECOVERABLE", "RFKILL",
    ];

    public static bool TryParse(ReadOnlySpan<byte> text, out int errno)
    {
        errno = FilterRule.Kill;
        if (text.SequenceEqual("kill"u8))
            return true;
        if (Numbers.TryPlain(text, out ulong number))
        {
            errno = (int)Math.Min(number, int.MaxValue);
            return number < 4096;
        }
        if (text.IsEmpty || text[0] != (byte)'E')
            return false;
        if (text.SequenceEqual("EWOULDBLOCK"u8) || text.SequenceEqual("EDEADLOCK"u8) || text.SequenceEqual("ENOTSUP"u8))
        {
            errno = text[1] switch { (byte)'W' => 11, (byte)'D' => 35, _ => 95 };
            return true;
        }
        for (errno = 1; errno < s_names.Length; errno++)
        {
            if (s_names[errno].Length > 0 && System.Text.Ascii.Equals(text[1..], s_names[errno]))
                return true;
        }
        return false;
    }

    public static void Print(int errno, ref ByteBuilder to)
    {
        if (errno == FilterRule.Kill)
        {
            to.Append("kill"u8);
            return;
        }
        if (errno > 0 && errno < s_names.Length && s_names[errno].Length > 0)
        {
            to.Append((byte)'E');
            to.AppendAscii(s_names[errno]);
            return;
        }
        to.AppendDecimal((long)errno);
    }
}
