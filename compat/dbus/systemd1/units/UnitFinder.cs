using System.Globalization;
using SysMaster.Core;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>From what a client says (name, path, invocation) to the unit.</summary>
internal static class UnitFinder
{
    /// <summary>The unit of an object path, loaded if it is not yet: an object exists for each name that could be a unit.</summary>
    public static Unit? ByPath(BusFront front, ReadOnlySpan<byte> path, out BusError? error)
    {
        var text = new ByteBuilder(stackalloc byte[256]);
        try
        {
            BusPath.UnescapeLabel(path[BusPath.UnitPrefix.Length..], ref text);
            if (UnitName.TryParse(text.Written, out UnitName name) && name.IsTemplate)
            {
                error = new BusError(BusError.InvalidArgs, $"Unit name {name} is neither a valid invocation ID nor unit name.");
                return null;
            }
            if (!name.IsValid)
            {
                error = null;
                if (!IsHex(text.Written))
                {
                    error = new BusError(BusError.InvalidArgs, $"Unit name {text.ToString()} is neither a valid invocation ID nor unit name.");
                    return null;
                }
                Unit? unit = ByInvocation(front, text.ToString());
                if (unit is null) { error = new BusError(BusErrorNames.NoUnitForInvocationId, $"No unit with the specified invocation ID {text.ToString()} known."); }
                return unit;
            }
            return Load(front, name.Text, out error);
        }
        finally { text.Dispose(); }
    }

    /// <summary>The unit, if it is in memory.</summary>
    public static Unit? Loaded(BusFront front, string text, out BusError? error)
    {
        error = null;
        UnitName name = UnitName.Parse(text);
        if (name.IsValid && front.Manager.Find(name) is { } unit) { return unit; }
        error = new BusError(BusError.NoSuchUnit, $"Unit {text} not loaded.");
        return null;
    }

    /// <summary>The unit, which must be loaded as it should be: not missing, masked or broken.</summary>
    public static Unit? LoadWell(BusFront front, string text, out BusError? error)
    {
        Unit? unit = Load(front, text, out error);
        if (unit is null || unit.IsLoaded) { return unit; }
        error = unit.LoadError ?? new BusError(BusError.NoSuchUnit, $"Unit {unit.Id} not loaded.");
        return null;
    }

    /// <summary>The unit, read from its file if need be.</summary>
    public static Unit? Load(BusFront front, string text, out BusError? error)
    {
        UnitName name = UnitName.Parse(text);
        if (!name.IsValid)
        {
            error = new BusError(BusError.InvalidArgs, $"Unit name {text} is not valid.");
            return null;
        }
        return Load(front, name, out error);
    }

    public static Unit? Load(BusFront front, UnitName name, out BusError? error)
    {
        error = null;
        if (name.IsTemplate)
        {
            error = new BusError(BusError.InvalidArgs, $"Unit name {name} is missing the instance name.");
            return null;
        }
        Manager manager = front.Manager;
        if (manager.Files is null || manager.TypeOf(name.Kind) is null)
        {
            error = new BusError(BusError.LoadFailed, $"Unit {name} cannot be loaded.");
            return null;
        }
        bool isNew = manager.Find(name) is null;
        Unit unit = manager.Load(name);
        if (isNew) { unit.MarkForCollection(); }
        return unit;
    }

    /// <param name="text">32 hexadecimal digits.</param>
    public static Unit? ByInvocation(BusFront front, string text)
    {
        if (text.Length != 32 || !ulong.TryParse(text.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong high)
            || !ulong.TryParse(text.AsSpan(16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong low))
        {
            return null;
        }
        return ByInvocation(front, new InvocationId(high, low));
    }

    public static Unit? ByInvocation(BusFront front, InvocationId id)
    {
        if (id.IsNull) { return null; }
        foreach (Unit unit in front.Manager.Units)
        {
            if (unit.InvocationId == id) { return unit; }
        }
        return null;
    }

    private static bool IsHex(ReadOnlySpan<byte> text)
    {
        if (text.Length != 32) { return false; }
        foreach (byte b in text)
        {
            if (!char.IsAsciiHexDigit((char)b)) { return false; }
        }
        return true;
    }
}
