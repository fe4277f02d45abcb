using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>SetCredential= (text with C escapes) and SetCredentialEncrypted= (base64): ID:value, one a line; a later one of the same ID replaces.</summary>
/// <param name="encrypted">The value is base64.</param>
public sealed class CredentialKind(bool encrypted) : LineListKind<Credential>("a(say)")
{
    /// <summary>Good as a file name, and not as anything else.</summary>
    public static bool IsId(ReadOnlySpan<byte> id) => PathText.IsFileName(id) && id.IndexOfAnyInRange((byte)0, (byte)31) < 0 && !id.Contains((byte)':');

    protected override void Merge(List<Credential> items, Credential item)
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i].Id == item.Id)
            {
                items[i] = item;
                return;
            }
        }
        items.Add(item);
    }

    protected override bool TryItem(ReadOnlySpan<byte> value, ParseContext ctx, out Credential item)
    {
        item = null!;
        int colon = value.IndexOf((byte)':');
        if (colon <= 0 || colon + 1 == value.Length)
        {
            ctx.Warn("Invalid syntax, ignoring: ", value);
            return false;
        }
        var id = new ByteBuilder(stackalloc byte[256]);
        bool ok = ctx.Expand(value[..colon], ref id);
        if (ok && !IsId(id.Written))
        {
            ctx.Warn("Credential name \"", id.Written, "\" not valid, ignoring.");
            ok = false;
        }
        ok = ok && TryData(value[(colon + 1)..], ctx, id.ToByteText(), out item);
        id.Dispose();
        return ok;
    }

    protected override void PrintItem(Credential item, ref ByteBuilder to)
    {
        TextOut.Percent(item.Id.Span, ref to);
        to.Append((byte)':');
        if (encrypted)
        {
            to.AppendAscii(Convert.ToBase64String(item.Data));
            return;
        }
        foreach (byte c in item.Data)
        {
            if (c is (byte)' ' or 0)   // leading and trailing blanks would be trimmed
                to.Append(c == 0 ? "\\x00"u8 : "\\x20"u8);
            else
                CEscape.EscapeOne(c, ref to);
        }
    }

    protected override void WriteItem(Credential item, MessageWriter to)
    {
        to.WriteString(item.Id);
        to.WriteBytes(item.Data);
    }

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out Credential item)
    {
        ReadOnlySpan<byte> id = from.ReadString();
        item = new(new ByteText(id), from.ReadBytes().ToArray());
        return IsId(id) || ctx.Refuse($"Credential ID is invalid: {System.Text.Encoding.UTF8.GetString(id)}");
    }

    private bool TryData(scoped ReadOnlySpan<byte> text, ParseContext ctx, ByteText id, out Credential item)
    {
        if (encrypted)
        {
            bool decoded = Numbers.TryBase64(text, out byte[] bytes);
            item = new(id, bytes);
            if (!decoded)
                ctx.Warn("Encrypted credential data not valid Base64 data, ignoring.", default);
            return decoded;
        }
        var data = new ByteBuilder(stackalloc byte[512]);
        bool ok = CEscape.TryUnescape(text, ref data);
        item = new(id, data.Written.ToArray());
        data.Dispose();
        if (!ok)
            ctx.Warn("Failed to unescape credential data, ignoring: ", text);
        return ok;
    }
}
