using SysMaster.DBus.Wire;

namespace SysMaster.Core.Directives;

/// <summary><c>DelegateControllers</c>.</summary>
public sealed class DelegateControllersKind() : ViewKind<Delegation>("as")
{
    public override void Write(Delegation value, MessageWriter to) => ControllersText.Write(value.IsOn ? value.Controllers : Controllers.None, to);

    public override ParseOutcome Read(ref MessageReader from, Delegation current, ParseContext ctx, out Delegation result)
    {
        bool ok = ControllersText.TryRead(ref from, ctx, out Controllers read, out bool any);
        result = new(true, any ? current.Controllers | read : Controllers.None);
        return ok ? ParseOutcome.Set : ParseOutcome.Refused;
    }
}
