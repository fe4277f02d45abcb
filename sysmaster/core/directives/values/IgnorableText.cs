using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>A label (SELinux, AppArmor, SMACK) whose failure may be ignored: leading "-".</summary>
public readonly record struct IgnorableText(bool Ignore, ByteText Text);
