using SysMaster.Core;
using SysMaster.Core.Logging;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Install;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.DBus.Systemd1;

/// <summary>Enabling, masking, presets and the states of unit files.</summary>
internal static class FileMethods
{
    public static void List(BusFront f, MethodCall call) => List(f, call, [], []);

    public static void ListByPatterns(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        string[] states = reader.ReadTexts();
        List(f, call, states, reader.ReadTexts());
    }

    public static void GetState(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        string name = reader.ReadText();
        if (Installer(f, call) is not { } installer) { return; }
        if (installer.GetState(name, out InstallChange failure) is { } state) { call.BeginReply().WriteString(state.Word()); }
        else { call.Error(StandardErrors.NameOf(failure.AsErrno), failure.AsErrno.ToString()); }
    }

    public static void GetDefaultTarget(BusFront f, MethodCall call)
    {
        if (Installer(f, call) is not { } installer) { return; }
        Result<UnitName> target = installer.GetDefaultTarget();
        if (target.Failed) { call.Error(StandardErrors.NameOf(target.Error), target.Error.ToString()); }
        else { call.BeginReply().WriteString(target.Value.Text); }
    }

    public static void GetLinks(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        string name = reader.ReadText();
        InstallFlags flags = Flags(reader.ReadBoolean(), false);
        if (Installer(f, call) is not { } installer) { return; }
        Result<List<ByteText>> links = installer.GetLinks(name, flags);
        if (links.Failed)
        {
            call.Error(StandardErrors.NameOf(links.Error), links.Error.ToString());
            return;
        }
        MessageWriter w = call.BeginReply();
        ArrayMark array = w.BeginArray(4);
        foreach (ByteText link in links.Value) { w.WriteString(link); }
        w.EndArray(array);
    }

    public static void Enable(BusFront f, MethodCall call)
    {
        MessageReader r = call.Reader;
        string[] files = r.ReadTexts();
        InstallFlags flags = Flags(r.ReadBoolean(), r.ReadBoolean());
        Run(f, call, withInfo: true, i => i.Enable(files, flags));
    }

    public static void EnableWithFlags(BusFront f, MethodCall call)
    {
        MessageReader r = call.Reader;
        string[] files = r.ReadTexts();
        if (FlagsArgument(call, r.ReadUInt64(), InstallFlags.Runtime | InstallFlags.Force | InstallFlags.Portable) is { } flags)
        {
            Run(f, call, withInfo: true, i => i.Enable(files, flags));
        }
    }

    public static void Disable(BusFront f, MethodCall call)
    {
        MessageReader r = call.Reader;
        string[] files = r.ReadTexts();
        InstallFlags flags = Flags(r.ReadBoolean(), false);
        Run(f, call, withInfo: false, i => i.Disable(files, flags));
    }

    public static void DisableWithFlags(BusFront f, MethodCall call, bool withInfo)
    {
        MessageReader r = call.Reader;
        string[] files = r.ReadTexts();
        if (FlagsArgument(call, r.ReadUInt64(), InstallFlags.Runtime | InstallFlags.Portable) is { } flags)
        {
            Run(f, call, withInfo, i => i.Disable(files, flags));
        }
    }

    public static void Reenable(BusFront f, MethodCall call)
    {
        MessageReader r = call.Reader;
        string[] files = r.ReadTexts();
        InstallFlags flags = Flags(r.ReadBoolean(), r.ReadBoolean());
        Run(f, call, withInfo: true, i => i.Reenable(files, flags));
    }

    public static void Link(BusFront f, MethodCall call)
    {
        MessageReader r = call.Reader;
        string[] files = r.ReadTexts();
        InstallFlags flags = Flags(r.ReadBoolean(), r.ReadBoolean());
        Run(f, call, withInfo: false, i => i.Link(files, flags));
    }

    public static void Preset(BusFront f, MethodCall call)
    {
        MessageReader r = call.Reader;
        string[] files = r.ReadTexts();
        InstallFlags flags = Flags(r.ReadBoolean(), r.ReadBoolean());
        Run(f, call, withInfo: true, i => i.Preset(files, PresetMode.Full, flags));
    }

    public static void PresetWithMode(BusFront f, MethodCall call)
    {
        MessageReader r = call.Reader;
        string[] files = r.ReadTexts();
        string mode = r.ReadText();
        InstallFlags flags = Flags(r.ReadBoolean(), r.ReadBoolean());
        if (ModeArgument(call, mode) is { } parsed) { Run(f, call, withInfo: true, i => i.Preset(files, parsed, flags)); }
    }

    public static void PresetAll(BusFront f, MethodCall call)
    {
        MessageReader r = call.Reader;
        string mode = r.ReadText();
        InstallFlags flags = Flags(r.ReadBoolean(), r.ReadBoolean());
        if (ModeArgument(call, mode) is { } parsed) { Run(f, call, withInfo: false, i => i.PresetAll(parsed, flags)); }
    }

    public static void Mask(BusFront f, MethodCall call)
    {
        MessageReader r = call.Reader;
        string[] files = r.ReadTexts();
        InstallFlags flags = Flags(r.ReadBoolean(), r.ReadBoolean());
        Run(f, call, withInfo: false, i => i.Mask(files, flags));
    }

    public static void Unmask(BusFront f, MethodCall call)
    {
        MessageReader r = call.Reader;
        string[] files = r.ReadTexts();
        InstallFlags flags = Flags(r.ReadBoolean(), false);
        Run(f, call, withInfo: false, i => i.Unmask(files, flags));
    }

    public static void Revert(BusFront f, MethodCall call)
    {
        MessageReader r = call.Reader;
        string[] files = r.ReadTexts();
        Run(f, call, withInfo: false, i => i.Revert(files));
    }

    public static void SetDefaultTarget(BusFront f, MethodCall call)
    {
        MessageReader r = call.Reader;
        string name = r.ReadText();
        InstallFlags flags = Flags(false, r.ReadBoolean());
        Run(f, call, withInfo: false, i => i.SetDefaultTarget(name, flags));
    }

    public static void AddDependency(BusFront f, MethodCall call)
    {
        MessageReader r = call.Reader;
        string[] files = r.ReadTexts();
        string target = r.ReadText(), type = r.ReadText();
        InstallFlags flags = Flags(r.ReadBoolean(), r.ReadBoolean());
        if (type is not ("Wants" or "Requires"))
        {
            call.Error(BusErrors.InvalidArgs, "Invalid argument");
            return;
        }
        Run(f, call, withInfo: false, i => i.AddDependency(files, target, type == "Wants" ? DependencyLinkKind.Wants : DependencyLinkKind.Requires, flags));
    }

    private static void Run(BusFront f, MethodCall call, bool withInfo, Func<UnitFileInstaller, InstallResult> work)
    {
        if (Installer(f, call) is not { } installer) { return; }
        InstallResult result = work(installer);
        InstallReports.Tell(installer);
        // What was done before a failure stays done, and others see it.
        if (AnyChange(result)) { f.OnUnitFilesChanged(); }
        if (result.BusError is { } failure)
        {
            Refuse(call, failure);
            return;
        }
        MessageWriter w = call.BeginReply();
        if (withInfo) { w.WriteBoolean(result.CarriesInstallInfo); }
        ArrayMark array = w.BeginArray(8);
        foreach (InstallChange change in result.Changes)
        {
            if (change.IsFailure) { continue; }
            w.BeginStruct();
            w.WriteString(change.Word);
            w.WriteString(change.Path);
            w.WriteString(change.Source);
        }
        w.EndArray(array);
    }

    private static void List(BusFront f, MethodCall call, string[] states, string[] patterns)
    {
        if (Installer(f, call) is not { } installer) { return; }
        MessageWriter w = call.BeginReply();
        ArrayMark array = w.BeginArray(8);
        foreach (UnitFileEntry entry in installer.List(patterns))
        {
            if (states.Length > 0 && Array.IndexOf(states, entry.State.Word()) < 0) { continue; }
            w.BeginStruct();
            w.WriteString(entry.Path);
            w.WriteString(entry.State.Word());
        }
        w.EndArray(array);
    }

    private static UnitFileInstaller? Installer(BusFront f, MethodCall call)
    {
        if (f.Files.Installer is { } installer) { return installer; }
        call.Error(BusErrors.Failed, "The manager has not read its unit files yet.");
        return null;
    }

    private static bool AnyChange(InstallResult result)
    {
        foreach (InstallChange change in result.Changes)
        {
            if (!change.IsFailure) { return true; }
        }
        return false;
    }

    private static void Refuse(MethodCall call, InstallChange failure)
        => call.Error(InstallText.BusErrorName(failure) ?? StandardErrors.NameOf(failure.Errno), InstallText.BusMessage(failure));

    private static PresetMode? ModeArgument(MethodCall call, string mode)
    {
        PresetMode? parsed = mode switch
        {
            "" or "full" => PresetMode.Full,
            "enable-only" => PresetMode.EnableOnly,
            "disable-only" => PresetMode.DisableOnly,
            _ => null,
        };
        if (parsed is null) { call.Error(BusErrors.InvalidArgs, "Invalid argument"); }
        return parsed;
    }

    private static InstallFlags? FlagsArgument(MethodCall call, ulong flags, InstallFlags allowed)
    {
        if ((flags & ~(ulong)allowed) == 0) { return (InstallFlags)flags; }
        call.Error(BusErrors.InvalidArgs, "Invalid argument");
        return null;
    }

    private static InstallFlags Flags(bool runtime, bool force) => (runtime ? InstallFlags.Runtime : InstallFlags.None) | (force ? InstallFlags.Force : InstallFlags.None);
}
