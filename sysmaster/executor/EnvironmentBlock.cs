using System.Buffers.Text;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>The environment: a list of "NAME=value" with one entry a name.</summary>
internal sealed class EnvironmentBlock
{
    private static readonly byte[][] s_directoryNames =
    [
        [.. "RUNTIME_DIRECTORY="u8], [.. "STATE_DIRECTORY="u8], [.. "CACHE_DIRECTORY="u8], [.. "LOGS_DIRECTORY="u8], [.. "CONFIGURATION_DIRECTORY="u8],
    ];

    private ByteText[] _items = new ByteText[64];
    private int _count;

    public ReadOnlySpan<ByteText> Items => _items.AsSpan(0, _count);

    public static void Build(Setup s)
    {
        ExecRequest r = s.Request;
        EnvironmentBlock e = s.Environment;
        e.SetAll(r.BaseEnvironment);
        e.SetOwn(s, r);
        e.SetAll(r.Environment);
    }

    public void SetAll(ReadOnlySpan<ByteText> entries)
    {
        foreach (ByteText entry in entries) { Set(entry); }
    }

    public void Set(ByteText entry)
    {
        int equals = entry.Span.IndexOf((byte)'=');
        if (equals <= 0) { return; }
        ReadOnlySpan<byte> name = entry.Span[..(equals + 1)];
        for (int i = 0; i < _count; i++)
        {
            if (_items[i].StartsWith(name)) { _items[i] = entry; return; }
        }
        if (_count == _items.Length) { Array.Resize(ref _items, _count * 2); }
        _items[_count++] = entry;
    }

    public void Set(ReadOnlySpan<byte> nameAndEquals, ReadOnlySpan<byte> value)
    {
        byte[] text = new byte[nameAndEquals.Length + value.Length];
        nameAndEquals.CopyTo(text);
        value.CopyTo(text.AsSpan(nameAndEquals.Length));
        Set(new ByteText(text));
    }

    public void Replace(List<ByteText> entries)
    {
        _items = [.. entries];
        _count = entries.Count;
    }

    /// <summary>"NAME" removes whatever its value, "NAME=value" only that.</summary>
    public void Unset(ReadOnlySpan<ByteText> names)
    {
        foreach (ByteText name in names)
        {
            bool exact = name.Span.Contains((byte)'=');
            for (int i = _count - 1; i >= 0; i--)
            {
                ReadOnlySpan<byte> item = _items[i].Span;
                bool match = exact ? item.SequenceEqual(name.Span)
                    : item.Length > name.Length && item[name.Length] == (byte)'=' && item.StartsWith(name.Span);
                if (match) { Array.Copy(_items, i + 1, _items, i, --_count - i); }
            }
        }
    }

    /// <returns>False when the name is not set.</returns>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        for (int i = 0; i < _count; i++)
        {
            ReadOnlySpan<byte> item = _items[i].Span;
            if (item.Length > name.Length && item[name.Length] == (byte)'=' && item.StartsWith(name))
            {
                value = item[(name.Length + 1)..];
                return true;
            }
        }
        value = default;
        return false;
    }

    private void SetOwn(Setup s, ExecRequest r)
    {
        ByteText pid = Identity.Number((ulong)s.Pid);
        int passed = r.SocketFds + r.StoredFds + s.Opened.Count;
        if (passed > 0)
        {
            Set("LISTEN_PID="u8, pid.Span);
            Set("LISTEN_FDS="u8, Identity.Number((ulong)passed).Span);
            Set("LISTEN_FDNAMES="u8, Joined([.. r.FdNames, .. s.OpenedNames], (byte)':'));
        }
        if (r.WatchdogUsec != 0)
        {
            Set("WATCHDOG_PID="u8, pid.Span);
            Set("WATCHDOG_USEC="u8, Identity.Number(r.WatchdogUsec).Span);
        }
        Set("SYSTEMD_EXEC_PID="u8, pid.Span);
        if (s.User is Account user)
        {
            if (!user.Home.IsEmpty) { Set("HOME="u8, user.Home.Span); }
            Set("LOGNAME="u8, user.Name.Span);
            Set("USER="u8, user.Name.Span);
            if (!user.Shell.IsEmpty) { Set("SHELL="u8, user.Shell.Span); }
        }
        else if (r.WorkingDirectoryHome && Identity.Home(s) is { IsEmpty: false } home) { Set("HOME="u8, home.Span); }
        if (s.HasJournalStream)
        {
            Set("JOURNAL_STREAM="u8, [.. Identity.Number(s.JournalDevice).Span, (byte)':', .. Identity.Number(s.JournalInode).Span]);
        }
        for (int kind = 0; kind < s_directoryNames.Length; kind++)
        {
            if (s.Directories[kind].Length != 0) { Set(s_directoryNames[kind], Joined(s.Directories[kind], (byte)':')); }
        }
        if (s.WatchesPressure) { SetPressure(r); }
        if (s.HasCredentials) { Set("CREDENTIALS_DIRECTORY="u8, r.CredentialsDirectory.Span); }
    }

    /// <summary>Where to wait, and what to write there first, a zero byte at its end. The kernel's doc accounting/psi.rst.</summary>
    private void SetPressure(ExecRequest r)
    {
        Set("MEMORY_PRESSURE_WATCH="u8, r.MemoryPressurePath.Span);
        if (r.MemoryPressureThreshold == 0) { return; }
        byte[] text = [.. "some "u8, .. Identity.Number(r.MemoryPressureThreshold).Span, (byte)' ', .. Identity.Number(ExecRequest.MemoryPressureWindow).Span, 0];
        byte[] coded = new byte[Base64.GetMaxEncodedToUtf8Length(text.Length)];
        _ = Base64.EncodeToUtf8(text, coded, out _, out int length);
        Set("MEMORY_PRESSURE_WRITE="u8, coded.AsSpan(0, length));
    }

    private static byte[] Joined(ByteText[] parts, byte separator)
    {
        var all = new List<byte>();
        for (int i = 0; i < parts.Length; i++)
        {
            if (i > 0) { all.Add(separator); }
            all.AddRange(parts[i].Span);
        }
        return [.. all];
    }
}
