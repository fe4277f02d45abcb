using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Unicode;
using SysMaster.Linux;

namespace SysMaster.DBus.Wire;

public sealed partial class MessageWriter
{
    public void WriteString(string value)
    {
        Align(4);
        Ensure(5 + value.Length);
        if (AsciiText.TryNarrow(value, _buffer.AsSpan(_length + 4, value.Length)))
        {
            EndText(value.Length);
            return;
        }
        int max = Encoding.UTF8.GetMaxByteCount(value.Length);
        Ensure(5 + max);
        int bytes = Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length + 4));   // a lone surrogate becomes U+FFFD
        int nul = _buffer.AsSpan(_length + 4, bytes).IndexOf((byte)0);
        EndText(nul < 0 ? bytes : nul);
    }

    public void WriteString(ReadOnlySpan<byte> value)
    {
        int nul = value.IndexOf((byte)0);
        if (nul >= 0) { value = value[..nul]; }
        if (!Utf8.IsValid(value))
        {
            WriteString(Encoding.UTF8.GetString(value));   // the bus would cut us off for the bytes as they are
            return;
        }
        WriteText(value);
    }

    public void WriteString(ByteText value) => WriteString(value.Span);

    public void WriteObjectPath(string path)
    {
        int start = _length;
        WriteString(path);
        Debug.Assert(NameGrammar.IsObjectPath(Encoding.UTF8.GetBytes(path)), $"'{path}' is no object path (at {start})");
    }

    public void WriteObjectPath(ReadOnlySpan<byte> path)
    {
        Debug.Assert(NameGrammar.IsObjectPath(path), "not an object path");
        WriteText(path);
    }

    public void WriteSignature(string signature)
    {
        Span<byte> bytes = stackalloc byte[Limits.NameMax];
        WriteSignature(bytes[..Encoding.ASCII.GetBytes(signature, bytes)]);
    }

    public void WriteSignature(ReadOnlySpan<byte> signature)
    {
        Debug.Assert(Signature.IsValid(signature), "not a signature");
        Ensure(signature.Length + 2);
        _buffer[_length++] = (byte)signature.Length;
        signature.CopyTo(_buffer.AsSpan(_length));
        _length += signature.Length;
        _buffer[_length++] = 0;
    }

    /// <summary>A whole <c>ay</c>.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Limits.ArrayMax) { throw new InvalidOperationException("an array of a message is larger than 64 MiB"); }
        WriteUInt32((uint)bytes.Length);
        Ensure(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>A whole <c>as</c>.</summary>
    public void WriteStrings(ReadOnlySpan<string> values)
    {
        ArrayMark array = BeginArray(4);
        foreach (string value in values) { WriteString(value); }
        EndArray(array);
    }

    /// <summary>A whole <c>as</c>.</summary>
    public void WriteStrings(ReadOnlySpan<ByteText> values)
    {
        ArrayMark array = BeginArray(4);
        foreach (ByteText value in values) { WriteString(value.Span); }
        EndArray(array);
    }

    private void WriteText(ReadOnlySpan<byte> value)
    {
        Align(4);
        Ensure(5 + value.Length);
        value.CopyTo(_buffer.AsSpan(_length + 4));
        EndText(value.Length);
    }

    private void EndText(int bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(_length), (uint)bytes);
        _length += 4 + bytes;
        _buffer[_length++] = 0;
    }
}
