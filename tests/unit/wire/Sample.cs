namespace SysMaster.DBus.Wire.Tests;

/// <summary>An object with one of everything.</summary>
public sealed class Sample
{
    public string Name { get; set; } = "sample";

    public uint Count { get; set; } = 7;

    public List<PendingReply> Kept { get; } = [];

    public static readonly BusInterface<Sample> Declaration = new("org.x.Sample")
    {
        Properties =
        [
            new("Version", "s", Emits.Const, static (_, w) => w.WriteString("255")),
            new("Name", "s", Emits.Change, static (t, w) => w.WriteString(t.Name), static (Sample t, MethodCall call, ref MessageReader v) => t.SetName(call, ref v), access: 1, flags: MemberFlags.Privileged),
            new("Count", "u", Emits.Invalidates, static (t, w) => w.WriteUInt32(t.Count)),
            new("Old", "as", Emits.Nothing, static (_, w) => w.WriteStrings(["a", "b"]), flags: MemberFlags.Deprecated),
            new("Secret", "s", Emits.Nothing, static (_, w) => w.WriteString("hidden"), flags: MemberFlags.Hidden),
            new("Large", "s", Emits.Change, static (_, w) => w.WriteString("explicit"), flags: MemberFlags.Explicit),
        ],
        Methods =
        [
            new("Echo", "sb", "s", "text shout echo", 0, static (t, call) => Echo(call)),
            new("Stop", "", "", "", 1, static (t, _) => t.Count = 0, MemberFlags.Privileged),
            new("Wait", "s", "u", "what result", 0, static (t, call) => t.Kept.Add(call.Defer())),
            new("Refuse", "", "", "", 0, static (_, call) => call.Error("org.x.Error.No", "No.")),
            new("GetDefaultTarget", "", "s", "name", 0, static (_, call) => call.BeginReply().WriteString("sample.target")),
        ],
        Signals = [new("Happened", "so", "what where")],
    };

    private static void Echo(MethodCall call)
    {
        MessageReader r = call.Reader;
        string text = r.ReadText();
        call.BeginReply().WriteString(r.ReadBoolean() ? text.ToUpperInvariant() : text);
    }

    private void SetName(MethodCall call, ref MessageReader value)
    {
        string name = value.ReadText();
        if (name.Length == 0) { call.Error(BusErrors.InvalidArgs, "Empty name"); return; }
        Name = name;
    }
}
