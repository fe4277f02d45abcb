using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Text;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Formats.Fstab;

/// <summary>One line of fstab as units: what systemd-fstab-generator would make of it, to be kept. man 5 systemd.mount, "fstab".</summary>
internal sealed class FstabEntry(int line, string device, string where, string type, string optionText, int pass)
{
    private static readonly string[] s_network = ["afs", "ceph", "cifs", "gfs", "gfs2", "glusterfs", "ncp", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "pvfs2", "smb3", "smbfs", "davfs", "lustre", "sshfs", "fuse.sshfs", "fuse.glusterfs"];

    private readonly string[] _options = optionText.Split(',', StringSplitOptions.RemoveEmptyEntries);

    public void Write(SourceText source, Conversion into)
    {
        string what = DevicePath(device);
        if (type == "ignore") { into.Dropped(line, where, "type ignore: not mounted"); }
        else if (!Quote.IsPlain(what) || !Quote.IsPlain(where)) { into.Error(line, $"{device} {where}", "left out: there are characters in it that no unit can hold"); }
        else if (type == "swap") { Swap(what, source, into); }
        else if (!where.StartsWith('/') || UnitNames.OfPath(where, UnitKind.Mount) is not { } name) { into.Error(line, where, "left out: not an absolute path without \"..\""); }
        else { Mount(name, what, source, into); }
    }

    private static string DevicePath(string device)
    {
        foreach ((string tag, string folder) in ((string, string)[])[("UUID=", "by-uuid"), ("LABEL=", "by-label"), ("PARTUUID=", "by-partuuid"), ("PARTLABEL=", "by-partlabel")])
        {
            if (!device.StartsWith(tag, StringComparison.Ordinal)) { continue; }
            return $"/dev/disk/{folder}/{Encoded(device[tag.Length..].Trim('"'))}";
        }
        return device;
    }

    /// <summary>As udev names links after labels: what is not plain becomes \xHH.</summary>
    private static string Encoded(string label)
    {
        var text = new System.Text.StringBuilder();
        foreach (char c in label)
        {
            if (char.IsAsciiLetterOrDigit(c) || c > 127 || "#+-.:=@_".Contains(c, StringComparison.Ordinal)) { text.Append(c); }
            else { text.Append("\\x").Append(((int)c).ToString("x2", System.Globalization.CultureInfo.InvariantCulture)); }
        }
        return text.ToString();
    }

    private bool Has(string option) => _options.Contains(option);

    private string? Value(string option)
    {
        string? found = _options.LastOrDefault(o => o.StartsWith(option + "=", StringComparison.Ordinal));
        return found?[(option.Length + 1)..];
    }

    private void Swap(string what, SourceText source, Conversion into)
    {
        if (UnitNames.OfPath(what, UnitKind.Swap) is not { } name || !what.StartsWith('/'))
        {
            into.Error(line, device, "left out: not a path that can be swap space");
            return;
        }
        ConvertedUnit unit = into.Unit(name);
        Head(unit, source);
        unit.Add("Swap", "What", Quote.Line(what), line);
        if (Value("pri") is { } priority) { unit.Add("Swap", "Priority", Quote.Line(priority), line); }
        string rest = Kept(["pri", "sw", "defaults"], into, unit);
        if (rest.Length > 0) { unit.Add("Swap", "Options", rest, line); }
        if (!Has("noauto")) { unit.Add("Install", Has("nofail") ? "WantedBy" : "RequiredBy", "swap.target", line); }
        if (Value("x-systemd.device-timeout") is { } timeout) { DeviceTimeout(what, timeout, into); }
        into.Carried(line, $"swap on {device}", unit.Name);
    }

    private void Mount(string name, string what, SourceText source, Conversion into)
    {
        ConvertedUnit unit = into.Unit(name);
        bool network = Has("_netdev") || s_network.Contains(type);
        string target = network ? "remote-fs.target" : "local-fs.target";
        bool automount = Has("x-systemd.automount") || Has("comment=systemd.automount");
        Head(unit, source);
        if (!automount && !Has("nofail") && !Has("x-systemd.wanted-by") && !Has("x-systemd.required-by")) { unit.Add("Unit", "Before", target, line); }
        if (what.StartsWith("/dev/", StringComparison.Ordinal) && UnitName.Parse("blockdev@.target").WithPathInstance(SourceText.Encode(what)) is { IsValid: true } ready) { unit.Add("Unit", "After", ready.Text, line); }
        if (pass > 0 && what.StartsWith("/dev/", StringComparison.Ordinal)) { Check(unit, what); }
        else if (pass > 0) { into.Dropped(line, $"pass {pass}", "only what is below /dev is checked"); }
        unit.Add("Mount", "What", Quote.Line(what), line);
        unit.Add("Mount", "Where", Quote.Line(where), line);
        if (type != "auto") { unit.Add("Mount", "Type", Quote.Line(type), line); }
        string rest = Kept([], into, unit);
        if (rest.Length > 0 && rest != "defaults") { unit.Add("Mount", "Options", rest, line); }
        if (Value("x-systemd.mount-timeout") is { } mountTimeout) { unit.Add("Mount", "TimeoutSec", Quote.Line(mountTimeout), line); }
        if (Has("x-systemd.rw-only")) { unit.Add("Mount", "ReadWriteOnly", "yes", line); }
        if (Value("x-systemd.device-timeout") is { } timeout) { DeviceTimeout(what, timeout, into); }
        if (where == "/") { into.Advice(line, "/", "mounted by the kernel or the initrd: this unit says only how it is mounted anew"); }
        if (automount) { Automount(unit, source, target, into); }
        else { Wanted(unit, target); }
        into.Carried(line, $"{device} on {where} ({type})", unit.Name);
    }

    private void Automount(ConvertedUnit mount, SourceText source, string target, Conversion into)
    {
        ConvertedUnit unit = into.Unit(mount.Name[..^".mount".Length] + ".automount");
        Head(unit, source);
        unit.Add("Automount", "Where", Quote.Line(where), line);
        if (Value("x-systemd.idle-timeout") is { } idle) { unit.Add("Automount", "TimeoutIdleSec", Quote.Line(idle), line); }
        Wanted(unit, target);
        into.Carried(line, "x-systemd.automount", unit.Name);
    }

    private void Wanted(ConvertedUnit unit, string target)
    {
        bool own = false;
        foreach ((string option, string key) in ((string, string)[])[("x-systemd.wanted-by", "WantedBy"), ("x-systemd.required-by", "RequiredBy")])
        {
            if (Value(option) is not { } by) { continue; }
            unit.Add("Install", key, UnitNames.Refer(by), line);
            own = true;
        }
        if (!own && !Has("noauto")) { unit.Add("Install", Has("nofail") ? "WantedBy" : "RequiredBy", target, line); }
    }

    private void Head(ConvertedUnit unit, SourceText source)
    {
        unit.Add("Unit", "Description", Quote.Line($"{(type == "swap" ? device : where)} ({source.Path}:{line})"), line);
        unit.Add("Unit", "SourcePath", Quote.Line(source.Path));
    }

    private void Check(ConvertedUnit unit, string what)
    {
        UnitName check = UnitName.Parse("systemd-fsck@.service").WithPathInstance(SourceText.Encode(what));
        string service = where == "/" ? "systemd-fsck-root.service" : check.IsValid ? check.Text : "";
        if (service.Length == 0) { return; }
        // The name has backslashes: a dependency list takes them as they are.
        if (where != "/") { unit.Add("Unit", "Requires", service, line); }
        unit.Add("Unit", "After", service, line);
    }

    private void DeviceTimeout(string what, string timeout, Conversion into)
    {
        if (!what.StartsWith("/dev/", StringComparison.Ordinal) || UnitNames.OfPath(what, UnitKind.Device) is not { } name) { return; }
        ConvertedUnit dropIn = into.Unit($"{name}.d/50-device-timeout.conf");
        dropIn.Add("Unit", "JobRunningTimeoutSec", Quote.Line(timeout), line);
    }

    /// <summary>The options for mount(8) itself: those for systemd become settings, or a note.</summary>
    private string Kept(string[] without, Conversion into, ConvertedUnit unit)
    {
        var kept = new List<string>();
        foreach (string option in _options)
        {
            string key = option.Split('=', 2)[0], value = option.Contains('=', StringComparison.Ordinal) ? option[(key.Length + 1)..] : "";
            switch (key)
            {
                case "x-systemd.requires": AddUnit("Requires", value); AddUnit("After", value); break;
                case "x-systemd.before": AddUnit("Before", value); break;
                case "x-systemd.after": AddUnit("After", value); break;
                case "x-systemd.requires-mounts-for": unit.Add("Unit", "RequiresMountsFor", Quote.ListWord(value), line); break;
                case "x-systemd.makefs" or "x-systemd.growfs" or "x-systemd.verity" or "x-systemd.pcrfs" or "x-initrd.mount":
                    into.Dropped(line, option, "only systemd-fstab-generator makes the services for it: keep that line in /etc/fstab");
                    break;
                case "noauto" or "auto" or "x-systemd.automount" or "x-systemd.idle-timeout" or "x-systemd.mount-timeout" or "x-systemd.device-timeout" or "x-systemd.wanted-by"
                    or "x-systemd.required-by" or "x-systemd.rw-only":
                    break;
                case "comment" when value == "systemd.automount": break;
                // nofail stays for mount(8) too, as it does with systemd's own.
                default:
                    if (!without.Contains(key)) { kept.Add(option); }
                    break;
            }
        }
        return Quote.Line(string.Join(',', kept));

        void AddUnit(string key, string value)
            => unit.Add("Unit", key, value.StartsWith('/') ? UnitNames.OfPath(value, value.StartsWith("/dev/", StringComparison.Ordinal) ? UnitKind.Device : UnitKind.Mount) ?? UnitNames.Refer(value) : UnitNames.Refer(value), line);
    }
}
