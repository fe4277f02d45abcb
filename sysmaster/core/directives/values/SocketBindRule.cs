namespace SysMaster.Core.Directives;

/// <summary>Which binds a unit may do (SocketBindAllow=).</summary>
/// <param name="Family">AF_INET, AF_INET6, or 0 for both.</param>
/// <param name="Protocol">IPPROTO_TCP, IPPROTO_UDP, or 0 for both.</param>
/// <param name="Count">How many ports from <paramref name="Port"/>; 0 is any port.</param>
/// <param name="Port">The first one.</param>
public readonly record struct SocketBindRule(int Family, int Protocol, ushort Count, ushort Port);
