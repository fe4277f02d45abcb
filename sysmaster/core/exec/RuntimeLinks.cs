using System.Buffers.Binary;
using System.Globalization;
using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>
/// What journald reads of a unit below /run/systemd/units: its invocation, and how its lines are to be taken (LogLevelMax=,
/// LogRateLimit*=, LogExtraFields=). Each is a link whose target is the value, but for the fields, which are a file.
/// </summary>
internal static class RuntimeLinks
{
    private static readonly (string Kind, Directive Row)[] s_kinds =
    [
        ("log-level-max", ExecDirectives.LogLevelMax), ("log-extra-fields", ExecDirectives.LogExtraFields),
        ("log-rate-limit-interval", ExecDirectives.LogRateLimitIntervalSec), ("log-rate-limit-burst", ExecDirectives.LogRateLimitBurst),
    ];

    public static void Write(Manager manager, Unit unit)
    {
        if (unit.InvocationId.IsNull || unit.LinkedInvocation == unit.InvocationId) { return; }
        if (WriteLink(unit, "invocation", unit.InvocationId.ToString())) { unit.LinkedInvocation = unit.InvocationId; }
        SettingsBag set = unit.Settings;
        if (set.IsSet(ExecDirectives.LogLevelMax)) { WriteLink(unit, "log-level-max", Text((ulong)(int)set.Get(ExecDirectives.LogLevelMax))); }
        if (set.IsSet(ExecDirectives.LogRateLimitIntervalSec)) { WriteLink(unit, "log-rate-limit-interval", Text(set.Get(ExecDirectives.LogRateLimitIntervalSec).Value)); }
        if (set.IsSet(ExecDirectives.LogRateLimitBurst)) { WriteLink(unit, "log-rate-limit-burst", Text(set.Get(ExecDirectives.LogRateLimitBurst))); }
        if (set.Get(ExecDirectives.LogExtraFields) is { Length: > 0 } fields) { WriteFields(unit, fields); }
    }

    public static void Remove(Manager manager, Unit unit)
    {
        if (unit.LinkedInvocation.IsNull) { return; }
        _ = Sys.Unlink(PathOf(unit, "invocation"));
        foreach ((string kind, Directive row) in s_kinds)
        {
            if (unit.Settings.IsSet(row)) { _ = Sys.Unlink(PathOf(unit, kind)); }
        }
        unit.LinkedInvocation = default;
    }

    private static bool WriteLink(Unit unit, string kind, string value)
    {
        ByteText temporary = PathOf(unit, ".#" + kind);
        _ = Sys.Unlink(temporary);
        return !Sys.Symlink(new ByteText(value), temporary).Failed && !Sys.Rename(temporary, PathOf(unit, kind)).Failed;
    }

    /// <summary>Each field behind its length, 64 bits little-endian.</summary>
    private static void WriteFields(Unit unit, ByteText[] fields)
    {
        var content = new List<byte>();
        Span<byte> length = stackalloc byte[8];
        foreach (ByteText field in fields)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)field.Length);
            content.AddRange(length);
            content.AddRange(field.Span);
        }
        ByteText temporary = PathOf(unit, ".#log-extra-fields");
        _ = Sys.Unlink(temporary);
        Errno error = Sys.WriteFile(temporary, [.. content], LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL | LibC.O_NOFOLLOW, 0x1A4);
        if (!error.Failed) { _ = Sys.Rename(temporary, PathOf(unit, "log-extra-fields")); }
    }

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    private static ByteText PathOf(Unit unit, string kind) => new($"{unit.Manager.Options.RuntimeDirectory}/systemd/units/{kind}:{unit.Id}");
}
