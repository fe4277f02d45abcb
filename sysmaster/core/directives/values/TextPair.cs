using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>Two texts that belong together; the directive says what they are (path and options, ID and path, device and permissions …).</summary>
public readonly record struct TextPair(ByteText First, ByteText Second);
