namespace SysMaster.Cgroups;

/// <summary>Addresses that SocketBindAllow= or SocketBindDeny= is about.</summary>
/// <param name="Family">AF_INET, AF_INET6, or 0 for both.</param>
/// <param name="Protocol">IPPROTO_TCP, IPPROTO_UDP, or 0 for all.</param>
/// <param name="Count">How many ports from <paramref name="Port"/>; 0 is any port.</param>
/// <param name="Port">The first one.</param>
public readonly record struct BindRule(int Family, int Protocol, ushort Count, ushort Port);
