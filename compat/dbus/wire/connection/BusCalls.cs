namespace SysMaster.DBus.Wire;

/// <summary>Calls to the bus itself, written and ready for <see cref="BusConnection.Call"/>.</summary>
public static class BusCalls
{
    public const string Name = "org.freedesktop.DBus";
    public const string Path = "/org/freedesktop/DBus";

    /// <summary>RequestName: take it from an owner that allows that.</summary>
    public const uint ReplaceExisting = 2;

    public const uint AllowReplacement = 1;

    /// <summary>RequestName: fail rather than wait in line.</summary>
    public const uint DoNotQueue = 4;

    public static void Hello(MessageWriter w) => w.BeginCall(Name, Path, Name, "Hello");

    /// <summary>Answer <c>u</c>: 1 owner, 2 in line, 3 exists, 4 already owner.</summary>
    public static void RequestName(MessageWriter w, string name, uint flags)
    {
        w.BeginCall(Name, Path, Name, "RequestName", "su");
        w.WriteString(name);
        w.WriteUInt32(flags);
    }

    public static void ReleaseName(MessageWriter w, string name) => WithName(w, "ReleaseName", name);

    /// <param name="rule">As text.</param>
    public static void AddMatch(MessageWriter w, string rule) => WithName(w, "AddMatch", rule);

    public static void RemoveMatch(MessageWriter w, string rule) => WithName(w, "RemoveMatch", rule);

    /// <summary>Answer <c>s</c>: the unique name.</summary>
    public static void GetNameOwner(MessageWriter w, string name) => WithName(w, "GetNameOwner", name);

    /// <summary>Answer <c>a{sv}</c>: UnixUserID, ProcessID, LinuxSecurityLabel, …</summary>
    public static void GetConnectionCredentials(MessageWriter w, string name) => WithName(w, "GetConnectionCredentials", name);

    private static void WithName(MessageWriter w, string member, string name)
    {
        w.BeginCall(Name, Path, Name, member, "s");
        w.WriteString(name);
    }
}
