using SysMaster.Linux;

namespace SysMaster.Core.Conditions;

/// <summary>One Condition… or Assert… line of a unit, and how it came out when last tested.</summary>
public sealed class Condition(ConditionKind kind, bool trigger, bool negate, ByteText parameter)
{
    public ConditionKind Kind => kind;

    /// <summary>"|": of all lines with it, one must hold.</summary>
    public bool Trigger => trigger;

    /// <summary>"!": holds when the test does not.</summary>
    public bool Negate => negate;

    public ByteText Parameter => parameter;

    public ConditionResult Result { get; set; }

    /// <summary>Set when <see cref="Result"/> is Error.</summary>
    public Errno Error { get; set; }

    /// <summary>As D-Bus shows it in Conditions and Asserts, a(sbbsi): 1 held, -1 did not, 0 untested.</summary>
    public int BusResult => Result switch
    {
        ConditionResult.Untested => 0,
        ConditionResult.Succeeded => 1,
        _ => -1,
    };

    /// <summary>Takes "|" and "!" off a value, in this order, and makes the condition.</summary>
    public static Condition Parse(ConditionKind kind, ReadOnlySpan<byte> value)
    {
        bool trigger = value.StartsWith("|"u8);
        if (trigger) { value = value[1..]; }
        bool negate = value.StartsWith("!"u8);
        if (negate) { value = value[1..]; }
        return new Condition(kind, trigger, negate, new ByteText(value.TrimStart(" \t"u8)));
    }
}
