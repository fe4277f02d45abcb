using System.Buffers.Binary;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>/run/initctl: a runlevel asked for in System V's way. struct init_request, initreq.h.</summary>
internal static class InitctlFifo
{
    private const int Length = 384, Magic = 0x03091969, ChangeRunlevel = 1;

    private static readonly string[] s_paths = ["/run/initctl", "/dev/initctl"];

    public static bool Request(char level)
    {
        byte[] request = new byte[Length];
        BinaryPrimitives.WriteInt32LittleEndian(request, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(4), ChangeRunlevel);
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(8), level);
        foreach (string path in s_paths)
        {
            Result<OwnedFd> fifo = Sys.Open(new ByteText(path), LibC.O_WRONLY | LibC.O_NONBLOCK);
            if (fifo.Failed) { continue; }
            using OwnedFd fd = fifo.Value;
            Errno error = Sys.WriteAll(fd.Fd, request);
            if (!error.Failed) { return true; }
            _ = Log.Error($"Failed to write to {path}", error);
        }
        return Log.Error("Failed to talk to init daemon: No such file or directory") == 0;
    }
}
