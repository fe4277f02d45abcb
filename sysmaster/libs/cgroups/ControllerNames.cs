using SysMaster.UnitFiles;

namespace SysMaster.Cgroups;

/// <summary>Controllers by the kernel's names.</summary>
public static class ControllerNames
{
    private static readonly (string Name, CgroupControllers Bit)[] s_names =
    [
        ("cpu", CgroupControllers.Cpu), ("cpuacct", CgroupControllers.Cpuacct), ("cpuset", CgroupControllers.Cpuset), ("io", CgroupControllers.Io),
        ("blkio", CgroupControllers.Blkio), ("memory", CgroupControllers.Memory), ("devices", CgroupControllers.Devices), ("pids", CgroupControllers.Pids),
        ("freezer", CgroupControllers.Freezer),
    ];

    /// <returns>None for controllers we have no word for (rdma, hugetlb, misc…).</returns>
    public static CgroupControllers Parse(ReadOnlySpan<byte> name)
    {
        foreach ((string word, CgroupControllers bit) in s_names)
        {
            if (System.Text.Ascii.Equals(name, word)) { return bit; }
        }
        return CgroupControllers.None;
    }

    /// <summary>The known ones of a list, as cgroup.controllers has it (blanks) or the options of a v1 mount (commas).</summary>
    public static CgroupControllers ParseList(ReadOnlySpan<byte> list)
    {
        CgroupControllers set = CgroupControllers.None;
        using var words = new Words(list, WordFlags.RetainEscape, " ,\n"u8);
        while (words.Next(out ReadOnlySpan<byte> word)) { set |= Parse(word); }
        return set;
    }

    /// <summary>"+cpu +memory", for cgroup.subtree_control.</summary>
    public static void AppendEnable(CgroupControllers set, ref ByteBuilder output)
    {
        foreach ((string word, CgroupControllers bit) in s_names)
        {
            if ((set & bit) == 0) { continue; }
            if (output.Length > 0) { output.Append((byte)' '); }
            output.Append((byte)'+');
            output.AppendAscii(word);
        }
    }

    /// <summary>Does the text begin with a controller's name and a dot? Groups may not be called so: attributes are.</summary>
    internal static bool IsAttributePrefix(ReadOnlySpan<byte> text)
    {
        int dot = text.IndexOf((byte)'.');
        if (dot <= 0) { return false; }
        ReadOnlySpan<byte> head = text[..dot];
        return (Parse(head) & ~CgroupControllers.Freezer) != 0 || head.SequenceEqual("bpf-firewall"u8) || head.SequenceEqual("bpf-devices"u8)
            || head.SequenceEqual("bpf-foreign"u8) || head.SequenceEqual("bpf-socket-bind"u8) || head.SequenceEqual("bpf-restrict-network-interfaces"u8);
    }
}
