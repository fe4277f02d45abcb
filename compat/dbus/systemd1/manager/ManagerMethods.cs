using SysMaster.Core;
using SysMaster.Core.Status;
using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>Methods about the manager as a whole.</summary>
internal static class ManagerMethods
{
    /// <summary>Answered when the new set of units is in force.</summary>
    public static void Reload(BusFront f, MethodCall call)
    {
        long ticket = f.Deferred.Add(call.Connection, call.Message.Detach());
        PendingReply reply = call.Defer();
        f.Manager.Reload(() =>
        {
            f.Deferred.Remove(ticket);
            var writer = new MessageWriter();
            reply.Begin(writer);
            reply.Send(writer);
        });
    }

    /// <summary>The caller waits for its connection to break, or (where connections outlive the manager) for an answer.</summary>
    public static void Reexecute(BusFront f, MethodCall call)
    {
        call.Reply();
        f.Manager.SetObjective(Objective.Reexec, null);
    }

    public static void End(BusFront f, MethodCall call, Objective objective)
    {
        if (objective == Objective.Exit && f.Manager.IsSystem && !f.Manager.Facts.Virtualization.IsContainer)
        {
            call.Error(BusErrors.NotSupported, "Exit is only supported for user service managers and in containers.");
            return;
        }
        if (objective != Objective.Exit && !f.Manager.IsSystem)
        {
            call.Error(BusErrors.NotSupported, $"{WordOf(objective)} is only supported for system managers.");
            return;
        }
        if (objective == Objective.Kexec && !KexecIsLoaded())
        {
            call.Error(BusErrors.NotSupported, "KExec is not possible: no kernel is loaded.");
            return;
        }
        f.Manager.SetObjective(objective, null);
    }

    private static string WordOf(Objective objective) => objective switch
    {
        Objective.Poweroff => "Powering off",
        Objective.Halt => "Halt",
        Objective.Kexec => "KExec",
        Objective.SoftReboot => "Soft reboot",
        _ => "Reboot",
    };

    public static void SwitchRoot(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        string root = reader.ReadText(), init = reader.ReadText();
        if (root.Length == 0 && !f.Manager.Facts.InInitrd)
        {
            call.Error(BusErrors.InvalidArgs, "New root directory may not be the empty string.");
            return;
        }
        if (root.Length > 0 && (root[0] != '/' || root == "/"))
        {
            call.Error(BusErrors.InvalidArgs, root == "/" ? "New root directory cannot be the old root directory." : $"New root path '{root}' is not absolute.");
            return;
        }
        if (init.Length > 0 && init[0] != '/')
        {
            call.Error(BusErrors.InvalidArgs, $"Path to init binary '{init}' not absolute.");
            return;
        }
        if (!f.Manager.Facts.InInitrd)
        {
            call.Error(BusErrors.NotSupported, "Not in initrd, refusing switch-root operation.");
            return;
        }
        if (root.Length == 0) { root = "/sysroot"; }
        if (!IsSystem(root))
        {
            call.Error(BusErrors.InvalidArgs, $"Specified switch root path '{root}' does not seem to be an OS tree. os-release file is missing.");
            return;
        }
        if (init.Length > 0 && Sys.Access(new ByteText(root + init), 1) is { Failed: true } missing)
        {
            call.Error(StandardErrors.NameOf(missing), $"Could not resolve init executable {init}: {missing}");
            return;
        }
        f.Manager.SetObjective(Objective.SwitchRoot, $"{root}\n{init}");
    }

    /// <summary>A new userspace under the running kernel, in the root given; empty: /run/nextroot, or the one there is.</summary>
    public static void SoftReboot(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        string root = reader.ReadText();
        if (root.Length > 0 && (root[0] != '/' || !IsSystem(root)))
        {
            call.Error(BusErrors.InvalidArgs, root[0] != '/' ? $"The new root '{root}' is not absolute." : $"The new root '{root}' holds no operating system.");
            return;
        }
        f.Manager.SetObjective(Objective.SoftReboot, root);
    }

    /// <summary>An operating system's tree has an os-release(5).</summary>
    private static bool IsSystem(string root) => Sys.Exists(new ByteText($"{root}/etc/os-release")) || Sys.Exists(new ByteText($"{root}/usr/lib/os-release"));

    public static void SetExitCode(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        f.Manager.ExitCode = reader.ReadByte();
    }

    public static void SetShowStatus(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        string word = reader.ReadText();
        if (word.Length == 0) { f.Manager.Choices.SetShowStatus(null); }
        else if (ShowStatusNames.TryParse(word, out ShowStatus mode)) { f.Manager.Choices.SetShowStatus(mode); }
        else { call.Error(BusErrors.InvalidArgs, $"Invalid show status '{word}'"); }
    }

    public static void LookupDynamicUserByName(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        string name = reader.ReadText();
        if (!UnitFiles.UserNameText.IsRelaxed(System.Text.Encoding.UTF8.GetBytes(name))) { call.Error(BusErrors.InvalidArgs, $"User name invalid: {name}"); }
        else if (f.Manager.DynamicUsers.Find(new ByteText(name)) is { } user) { call.BeginReply().WriteUInt32(user.Id); }
        else { call.Error(BusErrorNames.NoSuchDynamicUser, $"Dynamic user {name} does not exist."); }
    }

    public static void LookupDynamicUserByUid(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        uint id = reader.ReadUInt32();
        if (f.Manager.DynamicUsers.Find(id) is { } user) { call.BeginReply().WriteString(user.Name.ToString()); }
        else { call.Error(BusErrorNames.NoSuchDynamicUser, $"Dynamic user ID {id} does not exist."); }
    }

    public static void GetDynamicUsers(BusFront f, MethodCall call)
    {
        MessageWriter w = call.BeginReply();
        ArrayMark array = w.BeginArray(8);
        foreach (DynamicUser user in f.Manager.DynamicUsers.All)
        {
            w.BeginStruct();
            w.WriteUInt32(user.Id);
            w.WriteString(user.Name.ToString());
        }
        w.EndArray(array);
    }

    private static bool KexecIsLoaded()
    {
        Result<byte[]> loaded = Sys.ReadFile("/sys/kernel/kexec_loaded"u8, 16);
        return !loaded.Failed && loaded.Value.Length > 0 && loaded.Value[0] == (byte)'1';
    }
}
