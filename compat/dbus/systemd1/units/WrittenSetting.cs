using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>One property that a client set, as it is written into the file of a transient unit or a drop-in.</summary>
/// <param name="Row">Of the property.</param>
/// <param name="Lines">Whole lines of a unit file.</param>
internal sealed record WrittenSetting(Directive Row, ByteText Lines)
{
    /// <summary>The drop-in is "50-NAME.conf": after the directive, or after the property, where that is none or counts otherwise (MemoryMaxScale, IODeviceLatencyTargetUSec).</summary>
    public string DropIn => Row.Name is null || Row == CgroupDirectives.IODeviceLatencyTargetSec ? Row.Bus! : Row.Name;

    public string SectionIn(DirectiveSet set)
    {
        foreach (DirectiveSection section in set.Sections)
        {
            foreach (DirectiveTable table in section.Tables)
            {
                foreach (Directive mine in table.Rows)
                {
                    if (ReferenceEquals(mine, Row)) { return section.Name; }
                }
            }
        }
        throw new InvalidOperationException($"{Row.Bus} has no section");
    }
}
