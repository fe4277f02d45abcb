namespace SysMaster.Systemctl;

/// <summary>What the firmware and the boot loader are told for the next boot, by logind.</summary>
internal static class LogindBoot
{
    public static int Prepare(Session session)
    {
        Settings s = session.Settings;
        if (!s.FirmwareSetup && s.BootLoaderMenu is null && s.BootLoaderEntry is null) { return 0; }
        if (session.MessageBus() is not { } caller) { return 1; }
        Agents.Open(s);
        if (s.FirmwareSetup && LogindPower.Call(caller, "SetRebootToFirmwareSetup", "b", w => w.WriteBoolean(true)) is { Failed: true } setup)
        {
            return Log.Error($"Cannot indicate to EFI to boot into setup mode: {setup.Error}");
        }
        if (s.BootLoaderMenu is { } usec && LogindPower.Call(caller, "SetRebootToBootLoaderMenu", "t", w => w.WriteUInt64(usec)) is { Failed: true } menu)
        {
            return Log.Error($"Cannot indicate to boot loader to enter boot loader entry menu: {menu.Error}");
        }
        if (s.BootLoaderEntry is { } entry && LogindPower.Call(caller, "SetRebootToBootLoaderEntry", "s", w => w.WriteString(entry)) is { Failed: true } chosen)
        {
            return Log.Error($"Cannot set boot into loader entry '{entry}': {chosen.Error}");
        }
        return 0;
    }

    /// <summary>--boot-loader-entry=help</summary>
    public static int ListEntries(Settings settings)
    {
        using var session = new Session(settings);
        if (session.MessageBus() is not { } caller) { return 1; }
        BusReply reply = caller.Get(LogindPower.Path, LogindPower.Interface, "BootLoaderEntries", LogindPower.Name);
        if (reply.Failed) { return Log.Error($"Failed to enumerate boot loader entries: {reply.Error}"); }
        DBus.Wire.MessageReader reader = reply.Reader;
        object[] entries = BusValue.Read(ref reader).Content as object[] ?? [];
        if (entries.Length == 0) { return Log.Error("No boot loader entries discovered."); }
        foreach (string entry in entries.OfType<string>()) { Stdio.Line(entry); }
        return 0;
    }
}
