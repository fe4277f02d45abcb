namespace SysMaster.Core.Directives;

/// <summary>How processes are ended: [Service], [Socket], [Mount], [Swap], [Scope]. man 5 systemd.kill.</summary>
public static partial class KillDirectives
{
    public static readonly Directive<KillMode> KillMode = new("KillMode", Kinds.KillMode, bus: "KillMode", since: 187);
    public static readonly Directive<int> KillSignal = new("KillSignal", Kinds.Signal, def: 15, bus: "KillSignal", since: 187);
    public static readonly Directive<int> RestartKillSignal = new("RestartKillSignal", Kinds.Signal,
        def: 15, bus: "RestartKillSignal", since: 244, like: KillSignal);
    public static readonly Directive<int> FinalKillSignal = new("FinalKillSignal", Kinds.Signal, def: 9, bus: "FinalKillSignal", since: 240);
    public static readonly Directive<bool> SendSIGKILL = new("SendSIGKILL", Kinds.Bool, def: true, bus: "SendSIGKILL", since: 187);
    public static readonly Directive<bool> SendSIGHUP = new("SendSIGHUP", Kinds.Bool, bus: "SendSIGHUP", since: 207);
    public static readonly Directive<int> WatchdogSignal = new("WatchdogSignal", Kinds.Signal, def: 6, bus: "WatchdogSignal", since: 240);

    public static readonly DirectiveTable Table = new("Kill", DirectiveIds.Kill,
    [
        KillMode, KillSignal, RestartKillSignal, FinalKillSignal, SendSIGKILL, SendSIGHUP, WatchdogSignal,
    ]);
}
