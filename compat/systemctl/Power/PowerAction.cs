namespace SysMaster.Systemctl;

/// <summary>Ways to end or leave the system as it runs.</summary>
/// <param name="Verb">systemctl's word.</param>
/// <param name="Target">The unit that does it.</param>
/// <param name="Mode">The mode of its job.</param>
/// <param name="Logind">logind's method; "" where it has none.</param>
/// <param name="Direct">The manager's method, for --force; "" where it has none.</param>
/// <param name="Reboot">The command of reboot(2), for --force twice; 0 where it has none.</param>
internal sealed record PowerAction(string Verb, string Target, string Mode, string Logind = "", string Direct = "", uint Reboot = 0)
{
    private const string Irreversible = "replace-irreversibly", Isolate = "isolate";

    public static readonly PowerAction Halt = new("halt", "halt.target", Irreversible, "Halt", "Halt", 0xcdef0123);
    public static readonly PowerAction PowerOff = new("poweroff", "poweroff.target", Irreversible, "PowerOff", "PowerOff", 0x4321fedc);
    public static readonly PowerAction Restart = new("reboot", "reboot.target", Irreversible, "Reboot", "Reboot", 0x01234567);
    public static readonly PowerAction Kexec = new("kexec", "kexec.target", Irreversible, "", "KExec", 0x45584543);
    public static readonly PowerAction SoftReboot = new("soft-reboot", "soft-reboot.target", Irreversible, "Reboot", "SoftReboot");
    public static readonly PowerAction Exit = new("exit", "exit.target", Irreversible, "", "Exit");

    public static readonly PowerAction[] All =
    [
        Halt, PowerOff, Restart, Kexec, SoftReboot, Exit,
        new("suspend", "suspend.target", Irreversible, "Suspend"), new("hibernate", "hibernate.target", Irreversible, "Hibernate"),
        new("hybrid-sleep", "hybrid-sleep.target", Irreversible, "HybridSleep"),
        new("suspend-then-hibernate", "suspend-then-hibernate.target", Irreversible, "SuspendThenHibernate"),
        new("default", "default.target", Isolate), new("rescue", "rescue.target", Isolate), new("emergency", "emergency.target", Isolate),
    ];

    /// <summary>The machine stops.</summary>
    public bool IsEnd => this == Halt || this == PowerOff || this == Restart;

    public bool IsSleep => Verb is "suspend" or "hibernate" or "hybrid-sleep" or "suspend-then-hibernate";
}
