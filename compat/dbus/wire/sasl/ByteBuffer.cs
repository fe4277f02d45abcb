namespace SysMaster.DBus.Wire;

/// <summary>Bytes that are appended to, and the room for them kept.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[256];
    private int _length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - _length < bytes.Length) { Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + bytes.Length)); }
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }
}
