namespace SysMaster.UnitFiles;

/// <summary>
/// The assignments in an environment file (EnvironmentFile=, /etc/os-release, /etc/locale.conf), one by one. man 5 systemd.exec, EnvironmentFile=.
/// The rules are a shell's only in part: no expansion; a value may be several quoted and bare pieces; a quote may span lines and, unclosed, takes the rest
/// of the file; lines without "=" vanish. Spans hold until the next step. Names are not checked: see <see cref="EnvironmentText"/>.
/// </summary>
public ref struct EnvironmentFileReader
{
    private readonly ReadOnlySpan<byte> _file;
    private ByteBuilder _text;   // key and value, one after the other
    private int _at;
    private int _keyLength;

    public EnvironmentFileReader(ReadOnlySpan<byte> file) => _file = file;

    public readonly ReadOnlySpan<byte> Key => _text.Written[.._keyLength];

    public readonly ReadOnlySpan<byte> Value => _text.Written[(_keyLength + 1)..];

    /// <summary>KEY=value</summary>
    public readonly ReadOnlySpan<byte> Assignment => _text.Written;

    public void Dispose() => _text.Dispose();

    public bool MoveNext()
    {
        while (_at < _file.Length)
        {
            byte c = _file[_at];
            if (c is (byte)'#' or (byte)';') { SkipComment(); }
            else if (Ascii.IsWhite(c)) { _at++; }
            else if (TakeKey())
            {
                TakeValue();
                return true;
            }
        }
        return false;
    }

    private static bool IsNewline(byte c) => c is (byte)'\n' or (byte)'\r';

    /// <summary>To the end of the line; a backslash takes the character after it along, a newline too.</summary>
    private void SkipComment()
    {
        for (; _at < _file.Length && !IsNewline(_file[_at]); _at++)
        {
            if (_file[_at] == (byte)'\\') { _at++; }
        }
        _at = Math.Min(_at, _file.Length);
    }

    private bool TakeKey()
    {
        int start = _at;
        while (_at < _file.Length && _file[_at] != (byte)'=' && !IsNewline(_file[_at])) { _at++; }
        if (_at == _file.Length || _file[_at] != (byte)'=') { return false; }
        _text.Clear();
        _text.Append(_file[start.._at].TrimEnd(Ascii.Whitespace));
        _keyLength = _text.Length;
        _text.Append((byte)'=');
        _at++;
        return true;
    }

    /// <summary>Pieces, quoted or bare, up to the end of the line. Blanks before and between quoted pieces vanish; a bare piece takes the rest of the line.</summary>
    private void TakeValue()
    {
        while (_at < _file.Length)
        {
            byte c = _file[_at++];
            if (IsNewline(c)) { return; }
            if (c == (byte)'\'') { SingleQuoted(); }
            else if (c == (byte)'"') { DoubleQuoted(); }
            else if (c == (byte)'\\' || !Ascii.IsWhite(c))
            {
                _at--;
                Bare();
                return;
            }
        }
    }

    private void SingleQuoted()
    {
        ReadOnlySpan<byte> rest = _file[_at..];
        int end = rest.IndexOf((byte)'\'');
        _text.Append(end < 0 ? rest : rest[..end]);
        _at = end < 0 ? _file.Length : _at + end + 1;
    }

    private void DoubleQuoted()
    {
        while (_at < _file.Length)
        {
            byte c = _file[_at++];
            if (c == (byte)'"') { return; }
            if (c != (byte)'\\') { _text.Append(c); }
            else if (_at < _file.Length)
            {
                c = _file[_at++];
                if (c is not ((byte)'"' or (byte)'\\' or (byte)'`' or (byte)'$' or (byte)'\n')) { _text.Append((byte)'\\'); }
                if (c != (byte)'\n') { _text.Append(c); }
            }
        }
    }

    private void Bare()
    {
        int keep = _text.Length;   // trailing blanks are cut, but not those that a backslash protects
        while (_at < _file.Length)
        {
            byte c = _file[_at++];
            if (IsNewline(c)) { break; }
            bool escaped = c == (byte)'\\';
            if (escaped)
            {
                keep = _text.Length;
                if (_at == _file.Length) { break; }
                c = _file[_at++];
                if (IsNewline(c)) { continue; }
            }
            _text.Append(c);
            if (escaped || !Ascii.IsWhite(c)) { keep = _text.Length; }
        }
        _text.Truncate(keep);
    }
}
