using SysMaster.Core;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.Units.Service;

namespace SysMaster.DBus.Systemd1;

/// <summary>DumpUnitFileDescriptorStore: what descriptors a service has stored, for `systemd-analyze fdstore`.</summary>
internal static class DescriptorStore
{
    /// <summary>The kernel sets it on 64-bit machines, where no program knows it. fcntl.h</summary>
    private const int LargeFile = 0x8000;

    public static void Dump(Unit unit, MethodCall call)
    {
        if (unit is not ServiceUnit service)
        {
            call.Error(BusErrors.NotSupported, $"DumpUnitFileDescriptorStore operation is not supported for unit type '{unit.Type.Kind.Word()}'");
            return;
        }
        MessageWriter w = call.BeginReply();
        ArrayMark array = w.BeginArray(8);
        foreach ((string name, Fd fd) in service.StoredDescriptors)
        {
            if (Sys.Stat(fd) is not { Failed: false, Value: var stat }) { continue; }
            Result<ByteText> path = Sys.ReadLink(new ByteText($"/proc/self/fd/{fd.Value}"));
            int flags = LibC.fcntl(fd.Value, LibC.F_GETFL, 0);
            w.BeginStruct();
            w.WriteString(name);
            w.WriteUInt32(stat.Mode);
            w.WriteUInt32((uint)(stat.Device >> 32));
            w.WriteUInt32((uint)stat.Device);
            w.WriteUInt64(stat.Inode);
            w.WriteUInt32((uint)(stat.SpecialDevice >> 32));
            w.WriteUInt32((uint)stat.SpecialDevice);
            w.WriteString(path.Failed ? default : path.Value);
            w.WriteUInt32(flags < 0 ? 0 : (uint)(flags & ~LargeFile));
        }
        w.EndArray(array);
    }
}
