using SysMaster.Linux;

namespace SysMaster.UnitFiles.Install;

/// <summary>One step of an operation on unit files. Paths have the root's prefix.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Path">What it was done to.</param>
/// <param name="Source">A link's target; else as the kind says, or empty.</param>
/// <param name="Error">For <see cref="InstallChangeKind.Failed"/>.</param>
/// <param name="Errno">For <see cref="InstallErrorKind.System"/>.</param>
public readonly record struct InstallChange(
    InstallChangeKind Kind, ByteText Path, ByteText Source, InstallErrorKind Error = InstallErrorKind.None, Errno Errno = default)
{
    /// <summary>The word in the bus's a(sss): "symlink", "unlink", …</summary>
    public string Word => InstallText.Word(Kind);

    public bool IsFailure => Kind == InstallChangeKind.Failed;

    /// <summary>A failure as the one number that is left of it where a method tells no more.</summary>
    public Errno AsErrno => Error switch
    {
        InstallErrorKind.None => Errno.None,
        InstallErrorKind.Exists => Errno.EEXIST,
        InstallErrorKind.Masked => new Errno(132),                  // ERFKILL
        InstallErrorKind.TransientOrGenerated => Errno.EADDRNOTAVAIL,
        InstallErrorKind.BadSpecifier => new Errno(57),             // EBADSLT
        InstallErrorKind.NotTemplate => new Errno(43),              // EIDRM
        InstallErrorKind.BadName => new Errno(117),                 // EUCLEAN
        InstallErrorKind.Linked => Errno.ELOOP,
        InstallErrorKind.BadAlias or InstallErrorKind.BadReference => new Errno(18),   // EXDEV
        InstallErrorKind.NotFound => Errno.ENOENT,
        InstallErrorKind.UnresolvedSpecifier => new Errno(49),      // EUNATCH
        InstallErrorKind.System => Errno,
        _ => Errno.EINVAL,
    };

    internal static InstallChange Fail(InstallErrorKind error, ByteText path, ByteText source = default)
        => new(InstallChangeKind.Failed, path, source, error);

    internal static InstallChange Fail(Errno errno, ByteText path) => errno == Errno.EEXIST
        ? Fail(InstallErrorKind.Exists, path)
        : new(InstallChangeKind.Failed, path, default, InstallErrorKind.System, errno);
}
