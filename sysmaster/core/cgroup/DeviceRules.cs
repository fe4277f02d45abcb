using System.Buffers.Text;
using System.Text;
using SysMaster.Cgroups;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles.Install;

namespace SysMaster.Core;

/// <summary>DeviceAllow= as numbers: nodes by their name, classes by /proc/devices. systemd.resource-control(5).</summary>
internal static class DeviceRules
{
    private const DeviceAccess All = DeviceAccess.Read | DeviceAccess.Write | DeviceAccess.Make;
    private static readonly string[] s_always =
        ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty", "/dev/ptmx", "/run/systemd/inaccessible/chr", "/run/systemd/inaccessible/blk"];

    public static List<DeviceRule> For(Unit unit)
    {
        var rules = new List<DeviceRule>();
        if (unit.Get(CgroupDirectives.DevicePolicy) != DevicePolicy.Strict)
        {
            foreach (string node in s_always) { AddNode(rules, new ByteText(node), All); }
            AddNode(rules, "/dev/pts/ptmx"u8, DeviceAccess.Read | DeviceAccess.Write);
            AddClass(rules, false, "pts", DeviceAccess.Read | DeviceAccess.Write);
        }
        foreach (TextPair line in unit.Get(CgroupDirectives.DeviceAllow))
        {
            DeviceAccess access = AccessOf(line.Second);
            bool added;
            if (line.First.StartsWith("block-"u8)) { added = AddClass(rules, true, Encoding.UTF8.GetString(line.First.Span[6..]), access); }
            else if (line.First.StartsWith("char-"u8)) { added = AddClass(rules, false, Encoding.UTF8.GetString(line.First.Span[5..]), access); }
            else { added = AddNode(rules, line.First, access); }
            if (!added) { Log.Debug(unit, $"Couldn't find {line.First.ToString()}: ignored in the device access list."); }
        }
        return rules;
    }

    private static DeviceAccess AccessOf(ByteText letters)
    {
        if (letters.IsEmpty) { return All; }
        DeviceAccess access = DeviceAccess.None;
        foreach (byte letter in letters.Span)
        {
            access |= letter switch { (byte)'r' => DeviceAccess.Read, (byte)'w' => DeviceAccess.Write, (byte)'m' => DeviceAccess.Make, _ => DeviceAccess.None };
        }
        return access;
    }

    private static bool AddNode(List<DeviceRule> rules, ByteText path, DeviceAccess access)
    {
        Result<FileStat> stat = Sys.Stat(path);
        if (stat.Failed || !(stat.Value.IsBlockDevice || stat.Value.IsCharDevice)) { return false; }
        ulong number = stat.Value.SpecialDevice;
        rules.Add(new DeviceRule(stat.Value.IsBlockDevice, (uint)(number >> 32), (uint)number, access));
        return true;
    }

    /// <summary>Lines of "MAJOR NAME" below a heading; a name may have wildcards, "*" is all.</summary>
    private static bool AddClass(List<DeviceRule> rules, bool block, string pattern, DeviceAccess access)
    {
        if (pattern == "*")
        {
            rules.Add(new DeviceRule(block, null, null, access));
            return true;
        }
        if (uint.TryParse(pattern, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out uint given))
        {
            rules.Add(new DeviceRule(block, given, null, access));
            return true;
        }
        Result<byte[]> devices = Sys.ReadFile("/proc/devices"u8);
        if (devices.Failed) { return false; }
        bool inBlocks = false, added = false;
        ReadOnlySpan<byte> text = devices.Value;
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range].Trim((byte)' ');
            if (line.EndsWith(":"u8)) { inBlocks = line.StartsWith("Block"u8); continue; }
            if (inBlocks != block || !Utf8Parser.TryParse(line, out uint major, out int used)) { continue; }
            if (!Glob.Matches(pattern, Encoding.UTF8.GetString(line[used..].Trim((byte)' ')))) { continue; }
            rules.Add(new DeviceRule(block, major, null, access));
            added = true;
        }
        return added;
    }
}
