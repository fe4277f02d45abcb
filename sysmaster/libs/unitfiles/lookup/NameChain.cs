namespace SysMaster.UnitFiles.Lookup;

/// <summary>
/// The directory names (without suffix) that a unit's drop-ins and dependency links may stand under, most specific first, as systemd looks:
/// the name; its template, with what follows from that; the name cut after each dash, with what follows from that.
/// a-b@x.service: a-b@x.service, a-b@.service, a-.service, a-@x.service, a-@.service.
/// </summary>
internal static class NameChain
{
    public static void Append(ReadOnlySpan<byte> name, List<byte[]> chain)
    {
        NameForm form = NameForm.Of(name);
        if (form.Kind == UnitKind.None || Contains(chain, name)) { return; }
        chain.Add(name.ToArray());
        Span<byte> buffer = stackalloc byte[UnitName.MaxLength];
        if (form.Form == UnitNameForm.Instance) { Append(form.Template(buffer), chain); }

        ReadOnlySpan<byte> prefix = form.Prefix;
        int dash = prefix[..^1].LastIndexOf((byte)'-');   // a dash at the very end is what we cut at before
        if (dash <= 0) { return; }   // a name that begins with the dash has no shorter form
        ReadOnlySpan<byte> shorter = Build(prefix[..(dash + 1)], form, buffer);
        Append(shorter, chain);
    }

    /// <summary>A template has no instance, so that its shorter form is a plain name: seen in systemd 252.</summary>
    private static ReadOnlySpan<byte> Build(ReadOnlySpan<byte> prefix, NameForm form, Span<byte> buffer)
    {
        prefix.CopyTo(buffer);
        int n = prefix.Length;
        if (form.Form == UnitNameForm.Instance)
        {
            buffer[n++] = (byte)'@';
            form.Instance.CopyTo(buffer[n..]);
            n += form.Instance.Length;
        }
        form.Suffix.CopyTo(buffer[n..]);
        return buffer[..(n + form.Suffix.Length)];
    }

    private static bool Contains(List<byte[]> chain, ReadOnlySpan<byte> name)
    {
        foreach (byte[] have in chain)
        {
            if (name.SequenceEqual(have)) { return true; }
        }
        return false;
    }
}
