using SysMaster.Linux;

namespace SysMaster.UnitFiles.Install;

/// <summary>What people and bus clients are told of changes and failures, in systemd's words (both are interfaces: scripts match them).</summary>
public static class InstallText
{
    private static readonly string[] s_words =
        ["symlink", "unlink", "masked", "masked by generator", "dangling", "destination not present", "auxiliary unit failed", ""];

    public static string Word(InstallChangeKind kind) => s_words[(int)kind];

    /// <summary>The D-Bus error of a failure, without "org.freedesktop.": null where the errno's own standard error fits.</summary>
    public static string? BusErrorName(InstallChange failure) => failure.Error switch
    {
        InstallErrorKind.Exists => "org.freedesktop.systemd1.UnitExists",
        InstallErrorKind.Masked => "org.freedesktop.systemd1.UnitMasked",
        InstallErrorKind.TransientOrGenerated => "org.freedesktop.systemd1.UnitGenerated",
        InstallErrorKind.Linked => "org.freedesktop.systemd1.UnitLinked",
        InstallErrorKind.NotFound => "org.freedesktop.systemd1.NoSuchUnit",
        InstallErrorKind.BadSpecifier or InstallErrorKind.NotTemplate or InstallErrorKind.BadName or InstallErrorKind.BadAlias
            or InstallErrorKind.BadReference or InstallErrorKind.UnresolvedSpecifier => "org.freedesktop.systemd1.BadUnitSetting",
        InstallErrorKind.InvalidArgument => "org.freedesktop.DBus.Error.InvalidArgs",
        _ => null,
    };

    /// <summary>The message in the D-Bus error, which a client shows after "Failed to enable unit: ".</summary>
    public static string BusMessage(InstallChange failure) => failure.Error switch
    {
        InstallErrorKind.Exists when !failure.Source.IsEmpty => $"File {failure.Path} already exists and is a symlink to {failure.Source}.",
        InstallErrorKind.Exists => $"File {failure.Path} already exists.",
        InstallErrorKind.Masked => $"Unit file {failure.Path} is masked.",
        InstallErrorKind.TransientOrGenerated => $"Unit {failure.Path} is transient or generated.",
        InstallErrorKind.Linked => $"Refusing to operate on alias name or linked unit file: {failure.Path}",
        InstallErrorKind.BadSpecifier => $"Invalid specifier in {failure.Path}.",
        InstallErrorKind.NotTemplate => $"Destination unit {failure.Path} is a non-template unit.",
        InstallErrorKind.BadName => $"\"{failure.Path}\" is not a valid unit name.",
        InstallErrorKind.BadAlias => $"Cannot alias {failure.Source} as {failure.Path}.",
        InstallErrorKind.BadReference => $"Invalid unit reference {failure.Path}.",
        InstallErrorKind.NotFound => $"Unit file {failure.Path} does not exist.",
        InstallErrorKind.UnresolvedSpecifier => $"Cannot resolve specifiers in {failure.Path}.",
        InstallErrorKind.InvalidArgument => "Invalid argument",
        _ => $"File {failure.Path}: {failure.Errno}",
    };

    /// <summary>
    /// The line systemctl prints for one change when it works on files itself.
    /// </summary>
    /// <param name="change">The change.</param>
    /// <param name="verb">"enable", "mask", … for failures.</param>
    public static string Line(InstallChange change, string verb) => change.Kind switch
    {
        InstallChangeKind.Symlink => $"Created symlink {change.Path} → {change.Source}.",
        InstallChangeKind.Unlink => $"Removed \"{change.Path}\".",
        InstallChangeKind.Masked => $"Unit {change.Path} is masked, ignoring.",
        InstallChangeKind.MaskedByGenerator => $"Unit {change.Path} is masked via a generator and cannot be unmasked.",
        InstallChangeKind.Dangling => $"Unit {change.Path} is an alias to a unit that is not present, ignoring.",
        InstallChangeKind.DestinationNotPresent => $"Unit {change.Source} is added as a dependency to a non-existent unit {change.Path}.",
        InstallChangeKind.AuxiliaryFailed => $"Failed to enable auxiliary unit {change.Path}, ignoring.",
        _ => FailureLine(change, verb),
    };

    private static string FailureLine(InstallChange failure, string verb) => failure.Error switch
    {
        InstallErrorKind.Exists when !failure.Source.IsEmpty
            => $"Failed to {verb} unit, file \"{failure.Path}\" already exists and is a symlink to \"{failure.Source}\".",
        InstallErrorKind.Exists => $"Failed to {verb} unit, file \"{failure.Path}\" already exists.",
        InstallErrorKind.Masked => $"Failed to {verb} unit, unit {failure.Path} is masked.",
        InstallErrorKind.TransientOrGenerated => $"Failed to {verb} unit, unit {failure.Path} is transient or generated.",
        InstallErrorKind.BadSpecifier => $"Failed to {verb} unit, invalid specifier in \"{failure.Path}\".",
        InstallErrorKind.NotTemplate => $"Failed to {verb} {failure.Source}, destination unit {failure.Path} is a non-template unit.",
        InstallErrorKind.BadName => $"Failed to {verb} unit, \"{failure.Path}\" is not a valid unit name.",
        InstallErrorKind.Linked => $"Failed to {verb} unit, refusing to operate on linked unit file {failure.Path}.",
        InstallErrorKind.BadAlias => $"Failed to {verb} unit, cannot alias {failure.Source} as {failure.Path}.",
        InstallErrorKind.BadReference => $"Failed to {verb} unit, invalid unit reference \"{failure.Path}\".",
        InstallErrorKind.NotFound => $"Failed to {verb} unit, unit {failure.Path} does not exist.",
        InstallErrorKind.UnresolvedSpecifier => $"Failed to {verb} unit, cannot resolve specifiers in \"{failure.Path}\".",
        InstallErrorKind.InvalidArgument => $"Failed to {verb}: Invalid argument.",
        _ => $"Failed to {verb} unit, file \"{failure.Path}\": {failure.Errno}",
    };
}
