using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Socket;

/// <summary>[Socket]: what only sockets may say. man 5 systemd.socket.</summary>
public static partial class SocketDirectives
{
    public static readonly Directive<ListenSpec[]> Listen = new(null, SocketKinds.Listens, bus: "Listen");
    public static readonly Directive<ListenSpec[]> ListenStream = new("ListenStream", SocketKinds.OfStream, into: Listen);
    public static readonly Directive<ListenSpec[]> ListenDatagram = new("ListenDatagram", SocketKinds.OfDatagram, into: Listen);
    public static readonly Directive<ListenSpec[]> ListenSequentialPacket = new("ListenSequentialPacket", SocketKinds.OfSequentialPacket,
        into: Listen);
    public static readonly Directive<ListenSpec[]> ListenNetlink = new("ListenNetlink", SocketKinds.OfNetlink, into: Listen);
    public static readonly Directive<ListenSpec[]> ListenFIFO = new("ListenFIFO", SocketKinds.OfFIFO, into: Listen);
    public static readonly Directive<ListenSpec[]> ListenSpecial = new("ListenSpecial", SocketKinds.OfSpecial, into: Listen);
    public static readonly Directive<ListenSpec[]> ListenMessageQueue = new("ListenMessageQueue", SocketKinds.OfMessageQueue, into: Listen);
    public static readonly Directive<ListenSpec[]> ListenUSBFunction = new("ListenUSBFunction", SocketKinds.OfUSBFunction, since: 227, into: Listen);
    public static readonly Directive<int> SocketProtocol = new("SocketProtocol", SocketKinds.Protocol, bus: "SocketProtocol", since: 229);
    public static readonly Directive<SocketBindIPv6Only> BindIPv6Only = new("BindIPv6Only", SocketKinds.BindIPv6Onlys, bus: "BindIPv6Only");
    public static readonly Directive<uint> Backlog = new("Backlog", Kinds.Unsigned, def: int.MaxValue, bus: "Backlog");
    public static readonly Directive<ByteText> BindToDevice = new("BindToDevice", Kinds.Interface, bus: "BindToDevice");
    public static readonly Directive<ByteText> SocketUser = new("SocketUser", Kinds.User, bus: "SocketUser", since: 214);
    public static readonly Directive<ByteText> SocketGroup = new("SocketGroup", Kinds.User, bus: "SocketGroup", since: 214);
    public static readonly Directive<uint> SocketMode = new("SocketMode", Kinds.Mode, def: 0x1B6, bus: "SocketMode");
    public static readonly Directive<uint> DirectoryMode = new("DirectoryMode", Kinds.Mode, def: 0x1ED, bus: "DirectoryMode");
    public static readonly Directive<ExecCommandSpec[]> ExecStartPre = new("ExecStartPre", Kinds.Commands,
        bus: "ExecStartPre", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<ExecCommandSpec[]> ExecStartPost = new("ExecStartPost", Kinds.Commands,
        bus: "ExecStartPost", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<ExecCommandSpec[]> ExecStopPre = new("ExecStopPre", Kinds.Commands,
        bus: "ExecStopPre", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<ExecCommandSpec[]> ExecStopPost = new("ExecStopPost", Kinds.Commands,
        bus: "ExecStopPost", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);

    public static readonly Directive<Usec> TimeoutSec = new("TimeoutSec", Kinds.StopUsec, def: new(90 * Usec.PerSec), bus: "TimeoutUSec");
    public static readonly Directive<bool> Accept = new("Accept", Kinds.Bool, bus: "Accept");
    public static readonly Directive<bool> Writable = new("Writable", Kinds.Bool, bus: "Writable", since: 227);
    public static readonly Directive<bool> FlushPending = new("FlushPending", Kinds.Bool, bus: "FlushPending", since: 247);
    public static readonly Directive<uint> MaxConnections = new("MaxConnections", Kinds.Unsigned, def: 64, bus: "MaxConnections");
    public static readonly Directive<uint> MaxConnectionsPerSource = new("MaxConnectionsPerSource", Kinds.Unsigned,
        bus: "MaxConnectionsPerSource", since: 232);
    public static readonly Directive<bool> KeepAlive = new("KeepAlive", Kinds.Bool, bus: "KeepAlive");
    public static readonly Directive<Usec> KeepAliveTimeSec = new("KeepAliveTimeSec", Kinds.Usec, bus: "KeepAliveTimeUSec", since: 216);
    public static readonly Directive<Usec> KeepAliveIntervalSec = new("KeepAliveIntervalSec", Kinds.Usec, bus: "KeepAliveIntervalUSec", since: 216);
    public static readonly Directive<uint> KeepAliveProbes = new("KeepAliveProbes", Kinds.Unsigned, bus: "KeepAliveProbes", since: 216);
    public static readonly Directive<Usec> DeferAcceptSec = new("DeferAcceptSec", Kinds.Usec, bus: "DeferAcceptUSec", since: 216);
    public static readonly Directive<bool> NoDelay = new("NoDelay", Kinds.Bool, bus: "NoDelay", since: 216);
    public static readonly Directive<int> Priority = new("Priority", Kinds.Int, def: -1, bus: "Priority");
    public static readonly Directive<ulong> ReceiveBuffer = new("ReceiveBuffer", Kinds.Size, bus: "ReceiveBuffer");
    public static readonly Directive<ulong> SendBuffer = new("SendBuffer", Kinds.Size, bus: "SendBuffer");
    public static readonly Directive<int> IPTOS = new("IPTOS", SocketKinds.Tos, def: -1, bus: "IPTOS");
    public static readonly Directive<int> IPTTL = new("IPTTL", Kinds.Int, def: -1, bus: "IPTTL");
    public static readonly Directive<int> Mark = new("Mark", Kinds.Int, def: -1, bus: "Mark");
    public static readonly Directive<ulong> PipeSize = new("PipeSize", Kinds.Size, bus: "PipeSize");
    public static readonly Directive<bool> FreeBind = new("FreeBind", Kinds.Bool, bus: "FreeBind");
    public static readonly Directive<bool> Transparent = new("Transparent", Kinds.Bool, bus: "Transparent");
    public static readonly Directive<bool> Broadcast = new("Broadcast", Kinds.Bool, bus: "Broadcast");
    public static readonly Directive<bool> PassCredentials = new("PassCredentials", Kinds.Bool, bus: "PassCredentials");
    public static readonly Directive<bool> PassSecurity = new("PassSecurity", Kinds.Bool, bus: "PassSecurity");
    public static readonly Directive<bool> PassPacketInfo = new("PassPacketInfo", Kinds.Bool, bus: "PassPacketInfo", since: 246);
    public static readonly Directive<bool> PassPIDFD = new("PassPIDFD", Kinds.Bool, since: 258, honour: Honour.Not);
    public static readonly Directive<bool> PassFileDescriptorsToExec = new("PassFileDescriptorsToExec", Kinds.Bool, since: 256);
    public static readonly Directive<bool> AcceptFileDescriptors = new("AcceptFileDescriptors", Kinds.Bool,
        def: true, since: 258, honour: Honour.Not);
    public static readonly Directive<SocketTimestamping> Timestamping = new("Timestamping", SocketKinds.Timestampings,
        bus: "Timestamping", since: 247);
    public static readonly Directive<ByteText> TCPCongestion = new("TCPCongestion", Kinds.PlainText, bus: "TCPCongestion");
    public static readonly Directive<bool> ReusePort = new("ReusePort", Kinds.Bool, bus: "ReusePort", since: 206);
    public static readonly Directive<long> MessageQueueMaxMessages = new("MessageQueueMaxMessages", Kinds.Long, bus: "MessageQueueMaxMessages");
    public static readonly Directive<long> MessageQueueMessageSize = new("MessageQueueMessageSize", Kinds.Long, bus: "MessageQueueMessageSize");
    public static readonly Directive<bool> RemoveOnStop = new("RemoveOnStop", Kinds.Bool, bus: "RemoveOnStop", since: 214);
    public static readonly Directive<ByteText[]> Symlinks = new("Symlinks", Kinds.LinkPaths, bus: "Symlinks", since: 214);
    public static readonly Directive<ByteText> FileDescriptorName = new("FileDescriptorName", Kinds.FdName, bus: "FileDescriptorName", since: 227);
    public static readonly Directive<UnitName> Service = new("Service", Kinds.ServiceName);
    public static readonly Directive<Usec> TriggerLimitIntervalSec = new("TriggerLimitIntervalSec", Kinds.UsecNotInfinity,
        def: new(2 * Usec.PerSec), bus: "TriggerLimitIntervalUSec", since: 230);
    public static readonly Directive<uint> TriggerLimitBurst = new("TriggerLimitBurst", Kinds.Unsigned,
        def: 20, bus: "TriggerLimitBurst", since: 230);
    public static readonly Directive<Usec> PollLimitIntervalSec = new("PollLimitIntervalSec", Kinds.Usec,
        def: new(2 * Usec.PerSec), bus: "PollLimitIntervalUSec", since: 255);
    public static readonly Directive<uint> PollLimitBurst = new("PollLimitBurst", Kinds.Unsigned, def: 15,
        bus: "PollLimitBurst", since: 255);
    public static readonly Directive<ByteText> DeferTrigger = new("DeferTrigger", Kinds.PlainText, since: 258, honour: Honour.Not);
    public static readonly Directive<Usec> DeferTriggerMaxSec = new("DeferTriggerMaxSec", Kinds.Usec,
        def: Usec.Infinity, since: 258, honour: Honour.Not);
    public static readonly Directive<ByteText> SmackLabel = new("SmackLabel", Kinds.Text, bus: "SmackLabel", since: 196, honour: Honour.Not);
    public static readonly Directive<ByteText> SmackLabelIPIn = new("SmackLabelIPIn", Kinds.Text,
        bus: "SmackLabelIPIn", use: BusUse.Shown, since: 196, honour: Honour.Not);
    public static readonly Directive<ByteText> SmackLabelIPinOld = new(null, Kinds.Text,
        bus: "SmackLabelIPin", use: BusUse.Set, into: SmackLabelIPIn);
    public static readonly Directive<ByteText> SmackLabelIPOut = new("SmackLabelIPOut", Kinds.Text,
        bus: "SmackLabelIPOut", since: 196, honour: Honour.Not);
    public static readonly Directive<bool> SELinuxContextFromNet = new("SELinuxContextFromNet", Kinds.Bool,
        bus: "SELinuxContextFromNet", use: BusUse.Set, since: 217, honour: Honour.Not);
    public static readonly Directive<ByteText> XAttrEntryPoint = new("XAttrEntryPoint", Kinds.PlainText, since: 262, honour: Honour.Not);
    public static readonly Directive<ByteText> XAttrListen = new("XAttrListen", Kinds.PlainText, since: 262, honour: Honour.Not);
    public static readonly Directive<ByteText> XAttrAccept = new("XAttrAccept", Kinds.PlainText, since: 262, honour: Honour.Not);

    public static readonly DirectiveTable Table = new("Socket", DirectiveIds.Type,
    [
        Listen, ListenStream, ListenDatagram, ListenSequentialPacket, ListenNetlink, ListenFIFO, ListenSpecial, ListenMessageQueue,
        ListenUSBFunction, SocketProtocol, BindIPv6Only, Backlog, BindToDevice, SocketUser, SocketGroup, SocketMode, DirectoryMode,
        ExecStartPre, ExecStartPost, ExecStopPre, ExecStopPost, TimeoutSec, Accept, Writable, FlushPending, MaxConnections,
        MaxConnectionsPerSource, KeepAlive, KeepAliveTimeSec, KeepAliveIntervalSec, KeepAliveProbes, DeferAcceptSec, NoDelay, Priority,
        ReceiveBuffer, SendBuffer, IPTOS, IPTTL, Mark, PipeSize, FreeBind, Transparent, Broadcast, PassCredentials, PassSecurity,
        PassPacketInfo, PassPIDFD, PassFileDescriptorsToExec, AcceptFileDescriptors, Timestamping, TCPCongestion, ReusePort,
        MessageQueueMaxMessages, MessageQueueMessageSize, RemoveOnStop, Symlinks, FileDescriptorName, Service, TriggerLimitIntervalSec,
        TriggerLimitBurst, PollLimitIntervalSec, PollLimitBurst, DeferTrigger, DeferTriggerMaxSec, SmackLabel, SmackLabelIPIn,
        SmackLabelIPinOld, SmackLabelIPOut, SELinuxContextFromNet, XAttrEntryPoint, XAttrListen, XAttrAccept,
    ]);

    public static readonly DirectiveSet Set = new(new("Unit", UnitDirectives.Table),
        new("Socket", Table, ExecDirectives.Table, KillDirectives.Table, CgroupDirectives.Table),
        new("Install", InstallDirectives.Table));
}
