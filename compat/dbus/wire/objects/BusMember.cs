using System.Text;

namespace SysMaster.DBus.Wire;

/// <summary>What methods, properties and signals have in common.</summary>
public abstract class BusMember
{
    private protected BusMember(string name, MemberFlags flags)
    {
        Name = name;
        Flags = flags;
        Utf8Name = Encoding.UTF8.GetBytes(name);
    }

    public string Name { get; }

    public MemberFlags Flags { get; }

    internal byte[] Utf8Name { get; }

    internal bool Is(MemberFlags flag) => (Flags & flag) != 0;
}
