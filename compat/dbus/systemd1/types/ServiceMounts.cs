using SysMaster.Core;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.Units.Service;

namespace SysMaster.DBus.Systemd1;

/// <summary>
/// BindMount and MountImage: a mount of the host's put into the mount namespace of a running service, by a helper (the manager's own
/// program with another argument), since entering a namespace is for good. The call is answered when the helper has ended.
/// systemctl(1), bind and mount-image.
/// </summary>
internal sealed class ServiceMounts : IHelperObserver
{
    private static readonly Usec s_limit = Usec.FromSec(90);

    private readonly PendingReply _reply;
    private readonly string _source;
    private readonly string _destination;

    private ServiceMounts(PendingReply reply, string source, string destination)
    {
        _reply = reply;
        _source = source;
        _destination = destination;
    }

    /// <param name="unit">Which service.</param>
    /// <param name="call">To be answered.</param>
    /// <param name="reader">Stands before (source s, destination s, read_only b, mkdir b), and for an image options a(ss).</param>
    /// <param name="image">A file system image, rather than a file or directory.</param>
    public static void Run(Unit unit, MethodCall call, MessageReader reader, bool image)
    {
        string source = reader.ReadText(), destination = reader.ReadText();
        bool readOnly = reader.ReadBoolean(), mkdir = reader.ReadBoolean();
        string options = image ? RootOptions(ref reader) : "";
        if (Refusal(unit, source, ref destination) is { } error)
        {
            call.Error(error.Name, error.Message);
            return;
        }
        Result<ByteText> self = Sys.ReadLink("/proc/self/exe"u8);
        ByteText[] argv =
        [
            self.Failed ? "/usr/lib/sysmaster/sysmaster"u8 : self.Value, "--mount-into"u8, new ByteText(unit.MainProcess.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            image ? "image"u8 : "bind"u8, new ByteText(source), new ByteText(destination), readOnly ? "ro"u8 : "rw"u8, mkdir ? "mkdir"u8 : "-"u8, new ByteText(options),
        ];
        var mounting = new ServiceMounts(call.Defer(), source, destination);
        Errno failed = unit.Manager.Helpers.Run(argv, unit.Manager.BaseEnvironment, s_limit, mounting);
        if (failed.Failed) { mounting.Answer(failed); }
    }

    public void OnHelperEnded(int tag, ChildExit exit, ReadOnlySpan<byte> output)
        => Answer(exit.Code == LibC.CLD_EXITED ? new Errno(exit.Status) : Errno.EIO);

    private void Answer(Errno error)
    {
        var writer = new MessageWriter();
        if (error.Failed)
        {
            _reply.Error(writer, StandardErrors.NameOf(error), $"Failed to mount {_source} on {_destination} in unit's namespace: {error}");
            return;
        }
        _reply.Begin(writer);
        _reply.Send(writer);
    }

    private static BusError? Refusal(Unit unit, string source, ref string destination)
    {
        if (unit is not ServiceUnit) { return new BusError(BusErrors.InvalidArgs, "Unit is not of type .service"); }
        if (!IsNormalized(source)) { return new BusError(BusErrors.InvalidArgs, "Source path must be absolute and normalized."); }
        if (destination.Length == 0) { destination = source; }
        if (!IsNormalized(destination)) { return new BusError(BusErrors.InvalidArgs, "Destination path must be absolute and normalized."); }
        if (unit.MainProcess <= 0 || !HasOwnNamespace(unit.MainProcess))
        {
            return new BusError(BusErrors.InvalidArgs, "Unit not running in private mount namespace, cannot activate bind mount");
        }
        return null;
    }

    private static bool IsNormalized(string path) => path.StartsWith('/') && !path.Contains("//", StringComparison.Ordinal)
        && !Array.Exists(path.Split('/'), static part => part is "." or "..");

    private static bool HasOwnNamespace(int pid)
    {
        Result<ByteText> theirs = Sys.ReadLink(new ByteText($"/proc/{pid}/ns/mnt")), ours = Sys.ReadLink("/proc/self/ns/mnt"u8);
        return !theirs.Failed && !ours.Failed && theirs.Value != ours.Value;
    }

    /// <summary>Those of the root partition: an image without a partition table has no other.</summary>
    private static string RootOptions(ref MessageReader reader)
    {
        string options = "";
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            string partition = reader.ReadText(), text = reader.ReadText();
            if (partition is "" or "root") { options = text; }
        }
        reader.EndArray(array);
        return options;
    }
}
