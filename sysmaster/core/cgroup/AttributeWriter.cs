using System.Text;
using SysMaster.Cgroups;
using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>Writes attributes of one unit's group, in the words of v2 or as they are, and tells of what the kernel refuses.</summary>
internal readonly struct AttributeWriter(CgroupTree tree, Unit unit, ByteText group)
{
    /// <summary>The controllers are those of v2: in a hybrid tree they are not.</summary>
    public bool IsUnified => tree.Layout.Mode == CgroupMode.Unified;

    /// <summary>An attribute of v2, translated where the controllers sit in v1 trees.</summary>
    public void Write(string attribute, string value)
    {
        if (IsUnified) { WriteAsIs(attribute, value); return; }
        foreach ((string legacy, string translated) in LegacyAttributes.Translate(attribute, value)) { WriteAsIs(legacy, translated); }
    }

    public void WriteAsIs(string attribute, string value)
    {
        Errno error = tree.Write(group, Encoding.ASCII.GetBytes(attribute), Encoding.ASCII.GetBytes(value));
        if (error.Failed && error != Errno.ENOENT && error != Errno.EROFS && error != Errno.EACCES)
        {
            Log.Warning(unit, $"Failed to set '{attribute}' attribute on '{group.ToString()}' to '{value}': {error.ToString()}");
        }
    }
}
