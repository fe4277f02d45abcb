using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Device;

/// <summary>SYSTEMD_WANTS= and SYSTEMD_USER_WANTS=: units that a device pulls in when it comes. systemd.device(5).</summary>
internal static class DeviceWants
{
    /// <summary>The edges that udev's properties made are made anew.</summary>
    public static void Update(DeviceUnit leader, UdevDevice device)
    {
        leader.RemoveDependencies(DepOrigin.Udev);
        var wanted = new List<UnitName>();
        foreach (ByteText word in Words(device.Get(leader.Manager.IsSystem ? "SYSTEMD_WANTS" : "SYSTEMD_USER_WANTS")))
        {
            UnitName name = UnitName.Mangle(word.Span);
            if (name.IsTemplate) { name = name.WithPathInstance(device.SysPath.Span); }
            if (!name.IsValid)
            {
                Log.Warning(leader, $"SYSTEMD_WANTS= has no valid unit name, ignoring: {word.ToString()}");
                continue;
            }
            wanted.Add(name);
            leader.AddDependency(Dep.Wants, name, DepOrigin.Udev);
        }
        leader.NewWants = leader.State == DeviceState.Dead ? [] : wanted.FindAll(name => !leader.Wants.Contains(name));
        leader.Wants = wanted;
    }

    /// <summary>The device was there already and wants more now: coming up will not pull it in any more.</summary>
    public static void StartNew(DeviceUnit leader)
    {
        foreach (UnitName name in leader.NewWants) { leader.Manager.AddJobOrLog(JobType.Start, leader.Manager.Load(name), JobMode.Fail, leader); }
        leader.NewWants = [];
    }

    /// <summary>Blank-separated words, with quotes.</summary>
    public static List<ByteText> Words(ByteText text)
    {
        var words = new List<ByteText>();
        ReadOnlySpan<byte> rest = text.Span;
        var word = new ByteBuilder(stackalloc byte[256]);
        bool inWord = false;
        byte quote = 0;
        foreach (byte b in rest)
        {
            if (quote != 0)
            {
                if (b == quote) { quote = 0; }
                else { word.Append(b); }
            }
            else if (b is (byte)'"' or (byte)'\'') { (quote, inWord) = (b, true); }
            else if (b is (byte)' ' or (byte)'\t' or (byte)'\n')
            {
                if (inWord) { words.Add(word.ToByteText()); }
                word.Clear();
                inWord = false;
            }
            else
            {
                word.Append(b);
                inWord = true;
            }
        }
        if (inWord) { words.Add(word.ToByteText()); }
        word.Dispose();
        return words;
    }
}
