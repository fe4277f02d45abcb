namespace SysMaster.DBus.Wire;

public ref partial struct MessageReader
{
    /// <summary>
    /// Enters an array: <c>var a = r.BeginArray(8); while (r.HasNext(a)) { … } r.EndArray(a);</c>. Leaving early is fine:
    /// <see cref="EndArray"/> goes to its end.
    /// </summary>
    public ArrayToken BeginArray(int elementAlignment)
    {
        uint length = ReadUInt32();
        if (length > Limits.ArrayMax) { throw Broken("an array is larger than 64 MiB"); }
        Align(elementAlignment);
        Need((int)length);
        int outer = _end;
        _end = _at + (int)length;
        return new ArrayToken(outer);
    }

    /// <summary>Whether the array that was begun last has another element.</summary>
    public readonly bool HasNext(ArrayToken array)
    {
        _ = array;
        return _at < _end;
    }

    /// <summary>Goes to the end of the array, wherever it was, and back to what is around it.</summary>
    public void EndArray(ArrayToken array)
    {
        _at = _end;
        _end = array.End;
    }

    /// <summary>A whole <c>ay</c>, in place.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        ArrayToken array = BeginArray(1);
        ReadOnlySpan<byte> bytes = _data[_at.._end];
        EndArray(array);
        return bytes;
    }

    /// <summary>A whole <c>as</c>.</summary>
    public string[] ReadTexts()
    {
        var texts = new List<string>();
        ArrayToken array = BeginArray(4);
        while (HasNext(array)) { texts.Add(ReadText()); }
        EndArray(array);
        return [.. texts];
    }

    /// <summary>The type of the one value that follows. Whoever does not know it uses <see cref="SkipValue"/> with it.</summary>
    public ReadOnlySpan<byte> BeginVariant()
    {
        ReadOnlySpan<byte> signature = ReadTerminated(ReadByte());
        return _checked || Signature.IsSingle(signature) ? signature : throw Broken("a variant does not hold exactly one type");
    }

    /// <summary>Walks the values of this (valid) signature, checking all there is to check.</summary>
    public void SkipValue(ReadOnlySpan<byte> signature)
    {
        while (!signature.IsEmpty)
        {
            int n = Signature.FirstLength(signature);
            if (n <= 0) { throw Broken("not a signature"); }
            SkipOne(signature[..n]);
            signature = signature[n..];
        }
    }

    // Recursion is bounded: signatures nest at most 32 + 32 deep, variants add to the same counter.
    private void SkipOne(ReadOnlySpan<byte> type)
    {
        switch (type[0])
        {
            case (byte)'y': ReadByte(); break;
            case (byte)'n' or (byte)'q': ReadUInt16(); break;
            case (byte)'b': ReadBoolean(); break;
            case (byte)'i' or (byte)'u': ReadUInt32(); break;
            case (byte)'h': FdAt(ReadUInt32()); break;
            case (byte)'x' or (byte)'t' or (byte)'d': ReadUInt64(); break;
            case (byte)'s': ReadString(); break;
            case (byte)'o': ReadObjectPath(); break;
            case (byte)'g': ReadSignature(); break;
            case (byte)'v':
                Deeper();
                SkipOne(BeginVariant());
                _depth--;
                break;
            case (byte)'a':
                Deeper();
                SkipArray(type[1..]);
                _depth--;
                break;
            default:   // '(' or '{'
                Deeper();
                Align(8);
                SkipValues(type[1..^1]);
                _depth--;
                break;
        }
    }

    private void SkipArray(ReadOnlySpan<byte> element)
    {
        int size = element[0] switch
        {
            (byte)'y' => 1,
            (byte)'n' or (byte)'q' => 2,
            (byte)'i' or (byte)'u' => 4,
            (byte)'x' or (byte)'t' or (byte)'d' => 8,
            _ => 0,
        };
        ArrayToken array = BeginArray(Signature.AlignmentOf(element[0]));
        if (size > 0 && (_end - _at) % size != 0) { throw Broken("an array ends within an element"); }
        while (size == 0 && _at < _end) { SkipOne(element); }   // each element is one byte at least: it ends
        EndArray(array);
    }

    private void SkipValues(ReadOnlySpan<byte> signature)
    {
        while (!signature.IsEmpty)
        {
            int n = Signature.FirstLength(signature);
            SkipOne(signature[..n]);
            signature = signature[n..];
        }
    }

    private void Deeper()
    {
        if (++_depth > 2 * Limits.DepthMax) { throw Broken("values nest too deep"); }
    }
}
