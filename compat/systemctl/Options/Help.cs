namespace SysMaster.Systemctl;

/// <summary>What --help and --version print. The words are ours; every verb and option is there.</summary>
internal static class Help
{
    private const string Verbs = """
        Units in memory:
          list-units, list-sockets, list-timers, list-automounts, list-paths [PATTERN...]
          is-active, is-failed PATTERN...     A word for each, an exit code for all
          status [PATTERN...|PID...]          State, processes, last log lines
          show [PATTERN...|JOB...]            Properties, for programs
          cat, help PATTERN...                The files of units; their manual pages
          list-dependencies [UNIT...]         As a tree
          whoami [PID...]                     The unit of a process, or of the caller
          start, stop, restart, reload UNIT...
          try-restart, reload-or-restart, try-reload-or-restart UNIT...
          isolate UNIT                        Start it, stop what it does not need
          kill, freeze, thaw, clean UNIT...   Signals; cgroup freezer; remove its data
          set-property UNIT NAME=VALUE...     Change settings while it runs
          bind UNIT PATH [PATH], mount-image UNIT IMAGE [PATH [OPTIONS]]
          service-log-level, service-log-target SERVICE [VALUE]
          reset-failed [PATTERN...]           Forget failures

        Unit files:
          list-unit-files [PATTERN...]        What is installed, and its state
          enable, disable, reenable UNIT...   Started at boot, or not
          preset UNIT..., preset-all          As the distribution has it
          is-enabled UNIT...
          mask, unmask UNIT...                Make it impossible to start
          link PATH..., revert UNIT..., edit UNIT...
          add-wants, add-requires TARGET UNIT...
          get-default, set-default TARGET     Where boots go

        Jobs, machines, environment:
          list-jobs [PATTERN...], cancel [JOB...]
          list-machines [PATTERN...]
          show-environment, set-environment NAME=VALUE...
          unset-environment NAME..., import-environment NAME...

        The manager and the system:
          daemon-reload, daemon-reexec
          log-level [LEVEL], log-target [TARGET], service-watchdogs [BOOL]
          is-system-running
          default, rescue, emergency
          halt, poweroff, reboot, soft-reboot, kexec, exit [CODE], switch-root ROOT [INIT]
          suspend, hibernate, hybrid-sleep, suspend-then-hibernate

        """;

    private const string Options = """
        Whose manager:
             --system, --user, --global     The system's; mine; files of all users'
          -H --host=[USER@]HOST             Over ssh
          -M --machine=CONTAINER            In a container
             --root=PATH, --image=PATH      Files below PATH, no manager
        Which units:
          -t --type=TYPE,...   --state=STATE,...   --failed   -a --all   -r --recursive
             --with-dependencies   --reverse   --after   --before   --show-types
        What is printed:
          -p --property=NAME   -P NAME   --value   -l --full   --plain   -q --quiet
          -o --output=MODE   -n --lines=N   --timestamp=STYLE   --legend=BOOL   --no-legend   --no-pager
        Jobs:
             --job-mode=MODE   --no-block   --wait   -T --show-transaction   --marked
             --no-ask-password
        Files:
             --now   --runtime   -f --force   --no-reload   --no-warn   --preset-mode=MODE
        Processes and data:
             --kill-whom=WHOM   -s --signal=SIGNAL   --kill-value=NUMBER   --what=KINDS   --read-only   --mkdir
        Ending the system:
             --check-inhibitors=MODE   -i   --no-wall   --message=TEXT   --dry-run
             --when=TIME|show|cancel        Later, by logind
             --reboot-argument=TEXT   --firmware-setup   --boot-loader-menu=TIME
             --boot-loader-entry=NAME
          -h --help   --version

        """;

    public static int Systemctl(Settings settings)
    {
        Pager.Open(settings);
        Stdio.Write("systemctl [OPTIONS...] COMMAND ...\n\nAsk the system's or a user's manager, and tell it what to do.\n\n");
        Stdio.Write($"{Verbs}\n{Options}\nMore in systemctl(1).\n");
        return 0;
    }

    public static int Version()
    {
        string? version = typeof(Help).Assembly.GetName().Version?.ToString(3);
        // Scripts read the number of systemd's interface from the first line.
        Stdio.Line($"systemd 252 (sysmaster {version})");
        return 0;
    }

    public static int Halt(string name)
    {
        Stdio.Write($"""
            {name} [OPTIONS...]{(name == "reboot" ? " [ARG]" : "")}

              --help           This text
              --halt           Stop, leave the power on
              -p --poweroff    Stop, power off
              --reboot         Start again
              -f --force       At once: stops no services, unmounts nothing
              -w --wtmp-only   Only record it
              -d --no-wtmp     Do not record it
              -n --no-sync     Do not write what is in memory
              --no-wall        Tell nobody

            More in halt(8).

            """);
        return 0;
    }

    public static int Shutdown()
    {
        Stdio.Write("""
            shutdown [OPTIONS...] [TIME] [WALL...]

            TIME is "now", "+MINUTES" or "HH:MM"; +1 if there is none.

              --help           This text
              -H --halt        Stop, leave the power on
              -P --poweroff    Stop, power off; -h too, unless -H is given
              -r --reboot      Start again
              -K --kexec       Start the kernel that kexec has loaded
              -k               Only say so to who is logged in
              -c               Cancel what is pending
              --show           Show what is pending
              --no-wall        Tell nobody

            More in shutdown(8).

            """);
        return 0;
    }

    public static int Telinit()
    {
        Stdio.Write("""
            telinit [OPTIONS...] COMMAND

              0, 6             Power off; start again
              2, 3, 4, 5       Start runlevelN.target
              1, s, S          Rescue mode
              q, Q             The manager reads its configuration
              u, U             The manager executes itself anew

              --help           This text
              --no-wall        Tell nobody

            More in telinit(8).

            """);
        return 0;
    }

    public static int Runlevel()
    {
        Stdio.Write("runlevel [OPTIONS...]\n\nPrints the previous and the current runlevel.\n\n  --help           This text\n\nMore in runlevel(8).\n");
        return 0;
    }
}
