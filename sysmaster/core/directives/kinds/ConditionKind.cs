using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>
/// The list of all conditions of a unit, as the bus has it; what came of each (the last member) only the unit knows: its bus code
/// calls <see cref="WriteOne"/>. In files each type of condition is a row of its own: <see cref="ConditionOfKind"/>.
/// </summary>
/// <param name="asserts">Their names begin with Assert.</param>
public sealed class ConditionKind(bool asserts) : LineListKind<ConditionSpec>("a(sbbsi)")
{
    public override string TransientSignature => "a(sbbs)";

    /// <summary>One element of the property; <paramref name="result"/>: 0 untested, 1 held, -1 did not (man 5 org.freedesktop.systemd1, Conditions).</summary>
    public static void WriteOne(ConditionSpec condition, bool assert, int result, MessageWriter to)
    {
        to.BeginStruct();
        to.WriteString(NameOf(condition.Type, assert));
        to.WriteBoolean(condition.IsTrigger);
        to.WriteBoolean(condition.IsNegated);
        to.WriteString(condition.Parameter);
        to.WriteInt32(result);
    }

    internal static string NameOf(ConditionType type, bool assert) => (assert ? "Assert" : "Condition") + Kinds.ConditionTypes.Word(type);

    protected override string NameOf(string name, ConditionSpec item) => NameOf(item.Type, asserts);

    protected override bool TryItem(ReadOnlySpan<byte> value, ParseContext ctx, out ConditionSpec item)
    {
        item = default;
        return false;
    }

    protected override void PrintItem(ConditionSpec item, ref ByteBuilder to)
    {
        if (item.IsTrigger)
            to.Append((byte)'|');
        if (item.IsNegated)
            to.Append((byte)'!');
        TextOut.Percent(item.Parameter.Span, ref to);
    }

    protected override void WriteItem(ConditionSpec item, MessageWriter to)
    {
        to.WriteString(NameOf(item.Type, asserts));
        to.WriteBoolean(item.IsTrigger);
        to.WriteBoolean(item.IsNegated);
        to.WriteString(item.Parameter);
        to.WriteInt32(0);
    }

    /// <summary>As clients send it: without the result, <c>a(sbbs)</c>.</summary>
    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out ConditionSpec item)
    {
        item = default;
        ReadOnlySpan<byte> name = from.ReadString();
        ReadOnlySpan<byte> prefix = asserts ? "Assert"u8 : "Condition"u8;
        bool trigger = from.ReadBoolean(), negated = from.ReadBoolean();
        ReadOnlySpan<byte> parameter = from.ReadString();
        if (!name.StartsWith(prefix) || !Kinds.ConditionTypes.TryWord(name[prefix.Length..], out ConditionType type))
        {
            ctx.Report(Severity.Warning, $"Invalid condition type: {System.Text.Encoding.UTF8.GetString(name)}");
            return false;
        }
        if (ConditionOfKind.TakesPath(type) && !PathText.IsAbsolute(parameter))
        {
            ctx.Warn($"Path in condition {NameOf(type, asserts)} is not absolute: ", parameter);
            return false;
        }
        item = new(type, trigger, negated, new ByteText(parameter));
        return true;
    }
}
