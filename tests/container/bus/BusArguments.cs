using SysMaster.DBus.Wire;

namespace SysMaster.Container.Tests;

/// <summary>Arguments for any method, from what they are called: such as do what the method is for, to units made for it, or nothing.</summary>
internal static class BusArguments
{
    /// <summary>Values by the name of the argument; of others the first of its type: "", 0, no element.</summary>
    private static readonly Dictionary<string, string> s_texts = new()
    {
        ["name"] = "sec.service", ["unit_name"] = "sec.service", ["unit"] = "sec.service", ["old_unit"] = "sec.service", ["new_unit"] = "sec.service", ["file"] = "sec.service",
        ["files"] = "sec.service", ["names"] = "SEC", ["assignments"] = "SEC=1", ["mode"] = "replace", ["job_mode"] = "replace", ["job_type"] = "start", ["verb"] = "start", ["units"] = "sec.service",
        ["whom"] = "all", ["mask"] = "cache", ["source"] = "/etc", ["destination"] = "/mnt", ["cgroup"] = "/system.slice", ["target"] = "multi-user.target", ["type"] = "Wants",
        ["new_root"] = "/nonexistent", ["patterns"] = "sec*", ["states"] = "failed",
    };

    private static readonly Dictionary<string, string> s_texts2 = new()
    {
        ["SetDefaultTarget.name"] = "multi-user.target", ["PresetAllUnitFiles.mode"] = "enable-only", ["PresetUnitFilesWithMode.mode"] = "full", ["LookupDynamicUserByName.name"] = "sec",
        ["AbandonScope.name"] = "init.scope", ["LogLevel.value"] = "info", ["LogTarget.value"] = "journal", ["ListUnitsByNames.names"] = "sec.service", ["SetShowStatus.mode"] = "bogus",
        ["BindMountUnit.name"] = "multi-user.target", ["MountImageUnit.name"] = "multi-user.target",
    };

    /// <param name="everywhere">What stands for every text; null for the ones above.</param>
    public static BusCall CallOf(BusMemberFacts member, string path, string? everywhere = null)
    {
        if (!member.IsSetter) { return new(path, member.Interface, member.Member, member.Input, w => Write(w, member, everywhere)); }
        return new(path, "org.freedesktop.DBus.Properties", "Set", "ssv", w =>
        {
            w.WriteString(member.Interface);
            w.WriteString(member.Member);
            w.BeginVariant(System.Text.Encoding.ASCII.GetBytes(member.Input));
            Write(w, member, everywhere);
        });
    }

    private static void Write(MessageWriter w, BusMemberFacts member, string? everywhere)
    {
        string left = member.Input;
        for (int i = 0; left.Length > 0; i++)
        {
            string name = i < member.Arguments.Length ? member.Arguments[i] : "";
            string text = everywhere ?? s_texts2.GetValueOrDefault($"{member.Member}.{name}") ?? s_texts.GetValueOrDefault(name, "");
            left = WriteOne(w, left, name, text);
        }
    }

    /// <returns>What is left of the signature.</returns>
    private static string WriteOne(MessageWriter w, string signature, string name, string text)
    {
        switch (signature[0])
        {
            case 's': w.WriteString(text); break;
            case 'o': w.WriteObjectPath("/"); break;
            case 'y': w.WriteByte(0); break;
            case 'b': w.WriteBoolean(false); break;
            case 'i': w.WriteInt32(name == "signal" ? 18 : 0); break;
            case 'u': w.WriteUInt32(1); break;
            case 'x' or 't': w.WriteUInt64(0); break;
            case 'd': w.WriteDouble(0); break;
            case 'v': w.BeginVariant("s"u8); w.WriteString(text); break;
            case 'a' when signature.StartsWith("as", StringComparison.Ordinal): w.WriteStrings([text]); return signature[2..];
            case 'a':
                string element = Element(signature[1..]);
                w.EndArray(w.BeginArray(element[0] is '(' or '{' or 't' or 'x' or 'd' ? 8 : element[0] is 'y' or 'g' or 'v' ? 1 : 4));
                return signature[(1 + element.Length)..];
            default: throw new NotSupportedException($"no argument is made for '{signature}'");
        }
        return signature[1..];
    }

    private static string Element(string signature)
    {
        if (signature[0] == 'a') { return "a" + Element(signature[1..]); }
        if (signature[0] is not ('(' or '{')) { return signature[..1]; }
        int depth = 0, at = 0;
        do
        {
            if (signature[at] is '(' or '{') { depth++; }
            else if (signature[at] is ')' or '}') { depth--; }
            at++;
        }
        while (depth > 0);
        return signature[..at];
    }
}
