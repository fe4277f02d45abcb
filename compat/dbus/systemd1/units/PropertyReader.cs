using System.Text;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>Reads a(sv), the properties of a transient unit or of SetUnitProperties, into settings. Nothing is changed before all were read.</summary>
/// <param name="manager">Whose unit it is.</param>
/// <param name="type">Of the unit.</param>
/// <param name="name">Of the unit.</param>
/// <param name="live">What a loaded unit has set so far; null for a unit that is being made.</param>
/// <param name="markers">It has already.</param>
internal sealed class PropertyReader(Manager manager, UnitType type, UnitName name, SettingsBag? live, UnitMarkers markers) : IDisposable
{
    /// <summary>What was read. A live change adds to lists that the unit has already, as a further line of its file would.</summary>
    public SettingsBag Bag { get; } = new(live);

    /// <summary>What was read, as it is to be written down.</summary>
    public List<WrittenSetting> Written { get; } = [];

    /// <summary>PIDs: processes that a scope is made of.</summary>
    public List<int>? Pids { get; private set; }

    /// <summary>Controller: the bus name that is told to stop the scope.</summary>
    public string? Controller { get; private set; }

    /// <summary>AddRef: the client holds the unit from the start.</summary>
    public bool AddRef { get; private set; }

    public UnitMarkers? Markers { get; private set; }

    private OwnedFd?[]? _stdio;

    /// <returns>Null, or why a property cannot be set.</returns>
    public BusError? Read(ref MessageReader reader)
    {
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            string property = reader.ReadText();
            string signature = Encoding.ASCII.GetString(reader.BeginVariant());
            if (ReadOne(property, signature, ref reader) is { } error) { return error; }
        }
        reader.EndArray(array);
        return null;
    }

    /// <summary>The other ends of dependencies: they follow from those, and cannot be set.</summary>
    private static readonly HashSet<string> s_others =
    [
        "RequiredBy", "RequisiteOf", "WantedBy", "BoundBy", "UpheldBy", "ConsistsOf", "ConflictedBy", "OnSuccessOf", "OnFailureOf", "Triggers", "TriggeredBy",
        "References", "ReferencedBy", "InSlice", "SliceOf",
    ];

    private bool IsNew => live is null;

    private static BusError WrongType => new("System.Error.ENXIO", "Failed to set unit properties: Unexpected message contents");

    private BusError? ReadOne(string property, string signature, ref MessageReader reader)
    {
        switch (property, signature)
        {
            case ("PIDs", _) when IsNew && type.Kind == UnitKind.Scope: return signature == "au" ? TakePids(ref reader) : WrongType;
            case ("Controller", "s") when IsNew && type.Kind == UnitKind.Scope:
                Controller = reader.ReadText();
                return Controller.Length == 0 || NameGrammar.IsBusName(Encoding.UTF8.GetBytes(Controller)) ? null
                    : new BusError(BusErrors.InvalidArgs, $"Controller '{Controller}' is not a valid bus name.");
            case ("StandardInputFileDescriptor", "h") when IsNew: return TakeStream(0, ref reader);
            case ("StandardOutputFileDescriptor", "h") when IsNew: return TakeStream(1, ref reader);
            case ("StandardErrorFileDescriptor", "h") when IsNew: return TakeStream(2, ref reader);
            case ("AddRef", "b") when IsNew:
                AddRef = reader.ReadBoolean();
                return null;
            case ("Markers", "as"):
                return ReadMarkers(ref reader);
        }
        byte[] key = Encoding.UTF8.GetBytes(property);
        Directive? row = type.Directives.FindBus(key);
        if (row is null || (row.Use & (IsNew ? BusUse.Set : BusUse.Live)) == 0)
        {
            return IsNew && s_others.Contains(property) ? new BusError(BusErrors.InvalidArgs, $"Dependency type {property} may not be created transiently.")
                : new BusError(BusErrors.PropertyReadOnly, $"Cannot set property {property}, or unknown property.");
        }
        if (signature != row.TransientSignature) { return WrongType; }
        var complaints = new BusDiagnostics();
        var context = new ParseContext(name, manager.Specifiers, complaints) { Name = row.Name ?? property, Property = property, IsUser = !manager.IsSystem };
        MessageReader value = reader;
        var lines = new ByteBuilder(new byte[256]);
        bool ok = row.Set(Bag, ref reader, context, whole: !IsNew, ref lines);
        if (ok) { Written.Add(new WrittenSetting(row, lines.ToByteText())); }
        lines.Dispose();
        return ok ? null : new BusError(BusErrors.InvalidArgs, context.Answer ?? signature switch
        {
            "i" => $"Invalid {property} setting: {value.ReadInt32()}",
            "t" or "u" => $"Value specified in {property} is out of range",
            "s" => $"Invalid {property} setting: {value.ReadText()}",
            _ => complaints.First ?? $"Invalid {property} setting",
        });
    }

    private BusError? TakeStream(int stream, ref MessageReader reader)
    {
        OwnedFd?[] streams = _stdio ??= new OwnedFd?[3];
        streams[stream]?.Dispose();
        streams[stream] = reader.TakeUnixFd();
        return null;
    }

    /// <summary>The streams of a client (systemd-run --pipe), the caller's from here on; null when there are none.</summary>
    public OwnedFd?[]? GiveStdio()
    {
        OwnedFd?[]? streams = _stdio;
        _stdio = null;
        return streams;
    }

    /// <summary>Streams that nobody took are closed: who reads their other end would wait for ever.</summary>
    public void Dispose()
    {
        foreach (OwnedFd? stream in GiveStdio() ?? []) { stream?.Dispose(); }
    }

    private BusError? TakePids(ref MessageReader reader)
    {
        Pids = [];
        BusError? error = null;
        ArrayToken array = reader.BeginArray(4);
        while (reader.HasNext(array))
        {
            int pid = (int)reader.ReadUInt32();
            if (pid == 1 || pid == Environment.ProcessId) { error ??= new BusError(BusErrors.InvalidArgs, $"Process {pid} is a manager process, refusing."); }
            Pids.Add(pid);
        }
        reader.EndArray(array);
        return Pids.Count == 0 ? new BusError(BusErrors.InvalidArgs, "Failed to set unit properties: Invalid argument") : error;
    }

    /// <summary>All markers there are to be, or, each with a sign, which of them come and go.</summary>
    private BusError? ReadMarkers(ref MessageReader reader)
    {
        UnitMarkers result = UnitMarkers.None;
        bool? signed = null;
        foreach (string word in reader.ReadTexts())
        {
            bool hasSign = word.Length > 0 && word[0] is '+' or '-';
            string bare = hasSign ? word[1..] : word;
            UnitMarkers marker = UnitMarkersText.Parse(bare);
            if (marker == UnitMarkers.None) { return new BusError(BusErrors.InvalidArgs, $"Unknown marker \"{bare}\"."); }
            if (signed is { } before && before != hasSign) { return new BusError(BusErrors.InvalidArgs, "Bad marker syntax."); }
            if (signed is null && hasSign) { result = markers; }
            signed = hasSign;
            result = hasSign && word[0] == '-' ? result & ~marker : result | marker;
        }
        if (signed is not null) { Markers = result; }   // none at all changes nothing
        return null;
    }
}
