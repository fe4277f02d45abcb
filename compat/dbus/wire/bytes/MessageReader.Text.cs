using System.Text;
using System.Text.Unicode;

namespace SysMaster.DBus.Wire;

public ref partial struct MessageReader
{
    /// <summary>The text without its NUL; UTF-8 without NULs inside.</summary>
    public ReadOnlySpan<byte> ReadString()
    {
        ReadOnlySpan<byte> text = ReadTerminated(ReadUInt32());
        if (!_checked && (text.Contains((byte)0) || !Utf8.IsValid(text))) { throw Broken("a string is no UTF-8, or holds a NUL"); }
        return text;
    }

    /// <summary>The same as a .NET string.</summary>
    public string ReadText() => Encoding.UTF8.GetString(ReadString());

    public ReadOnlySpan<byte> ReadObjectPath()
    {
        ReadOnlySpan<byte> path = ReadTerminated(ReadUInt32());
        return _checked || NameGrammar.IsObjectPath(path) ? path : throw Broken("not an object path");
    }

    public ReadOnlySpan<byte> ReadSignature()
    {
        ReadOnlySpan<byte> signature = ReadTerminated(ReadByte());
        return _checked || Signature.IsValid(signature) ? signature : throw Broken("not a signature");
    }

    /// <summary>A string whose grammar the caller checks, which is narrower than UTF-8.</summary>
    internal ReadOnlySpan<byte> ReadName() => ReadTerminated(ReadUInt32());

    private ReadOnlySpan<byte> ReadTerminated(uint length)
    {
        if (length >= (uint)(_end - _at)) { throw Broken("a string goes past the end"); }
        ReadOnlySpan<byte> text = _data.Slice(_at, (int)length);
        _at += (int)length;
        return _data[_at++] == 0 ? text : throw Broken("a string has no NUL at its end");
    }
}
