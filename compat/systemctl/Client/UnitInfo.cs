using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>One line of ListUnits().</summary>
internal sealed record UnitInfo(
    string Id, string Description, string Load, string Active, string Sub, string Following, string Path, uint JobId, string JobType, string Machine)
{
    public const string Signature = "a(ssssssouso)";

    /// <summary>".service"</summary>
    public string Suffix => Id[Math.Max(Id.LastIndexOf('.'), 0)..];

    public static List<UnitInfo> Read(ref MessageReader reader, string machine)
    {
        var list = new List<UnitInfo>();
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            string id = reader.ReadText(), description = reader.ReadText(), load = reader.ReadText(), active = reader.ReadText(),
                sub = reader.ReadText(), following = reader.ReadText();
            string path = Text(reader.ReadObjectPath());
            uint job = reader.ReadUInt32();
            string jobType = reader.ReadText();
            _ = reader.ReadObjectPath();
            list.Add(new UnitInfo(id, description, load, active, sub, following, path, job, jobType, machine));
        }
        reader.EndArray(array);
        return list;
    }

    /// <summary>Machine, then type, then name, without regard to case.</summary>
    public static int Compare(UnitInfo a, UnitInfo b)
    {
        if (a.Machine != b.Machine)
        {
            if (a.Machine.Length == 0 || b.Machine.Length == 0) { return a.Machine.Length == 0 ? -1 : 1; }
            int machine = string.Compare(a.Machine, b.Machine, StringComparison.OrdinalIgnoreCase);
            if (machine != 0) { return machine; }
        }
        int suffix = CaseFold.Compare(a.Suffix, b.Suffix);
        return suffix != 0 ? suffix : CaseFold.Compare(a.Id, b.Id);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes);
}
