using System.Buffers.Text;
using SysMaster.Linux;
using SysMaster.Spawn.Pid1;

namespace SysMaster.Shutdown;

/// <summary>The command line, which is systemd-shutdown's, and what switching roots adds. What it does not know it leaves alone: this is no moment to refuse.</summary>
/// <param name="Root">Where the next root is mounted; empty: it stays.</param>
/// <param name="Init">The program there that becomes PID 1; empty: the first that is there of the usual ones.</param>
/// <param name="Rest">Index of the first word for that program; 0: none.</param>
internal readonly record struct Options(Verb Verb, long TimeoutUsec, int LogLevel, bool Console, int ExitCode, ByteText Root = default, ByteText Init = default, int Rest = 0)
{
    private const long DefaultTimeoutUsec = 90_000_000;

    public static Options Parse(Words argv)
    {
        var options = new Options(Verb.None, DefaultTimeoutUsec, Log.Info, Console: false, 0);
        for (int i = 1; i < argv.Count; i++)
        {
            ReadOnlySpan<byte> word = argv[i];
            if (word.SequenceEqual("--"u8)) { return options with { Rest = i + 1 }; }
            if (word.StartsWith("--root="u8)) { options = options with { Root = word["--root="u8.Length..] }; }
            else if (word.StartsWith("--init="u8)) { options = options with { Init = word["--init="u8.Length..] }; }
            else if (word.StartsWith("--timeout="u8)) { options = options with { TimeoutUsec = Usec(word["--timeout="u8.Length..]) }; }
            else if (word.StartsWith("--log-level="u8)) { options = options with { LogLevel = Number(word["--log-level="u8.Length..], Log.Info) }; }
            else if (word.StartsWith("--log-target="u8)) { options = options with { Console = word["--log-target="u8.Length..].StartsWith("console"u8) }; }
            else if (word.StartsWith("--exit-code="u8)) { options = options with { ExitCode = Number(word["--exit-code="u8.Length..], 0) }; }
            else if (!word.StartsWith("-"u8) && options.Verb == Verb.None) { options = options with { Verb = VerbOf(word) }; }
        }
        return options;
    }

    public ReadOnlySpan<byte> VerbName => Verb switch
    {
        Verb.Halt => "halt"u8,
        Verb.Poweroff => "poweroff"u8,
        Verb.Reboot => "reboot"u8,
        Verb.Kexec => "kexec"u8,
        Verb.SwitchRoot => "switch-root"u8,
        Verb.SoftReboot => "soft-reboot"u8,
        _ => "exit"u8,
    };

    private static Verb VerbOf(ReadOnlySpan<byte> word) => word switch
    {
        _ when word.SequenceEqual("halt"u8) => Verb.Halt,
        _ when word.SequenceEqual("poweroff"u8) => Verb.Poweroff,
        _ when word.SequenceEqual("reboot"u8) => Verb.Reboot,
        _ when word.SequenceEqual("kexec"u8) => Verb.Kexec,
        _ when word.SequenceEqual("exit"u8) => Verb.Exit,
        _ when word.SequenceEqual("switch-root"u8) => Verb.SwitchRoot,
        _ when word.SequenceEqual("soft-reboot"u8) => Verb.SoftReboot,
        _ => Verb.None,
    };

    private static int Number(ReadOnlySpan<byte> text, int otherwise) => Utf8Parser.TryParse(text, out int value, out _) ? value : otherwise;

    /// <summary>As PID 1 writes it, in microseconds with the unit; a bare number is seconds.</summary>
    private static long Usec(ReadOnlySpan<byte> text)
    {
        if (!Utf8Parser.TryParse(text, out long value, out int n) || value < 0) { return DefaultTimeoutUsec; }
        return text[n..] switch
        {
            var unit when unit.SequenceEqual("us"u8) => value,
            var unit when unit.SequenceEqual("ms"u8) => value * 1000,
            var unit when unit.SequenceEqual("min"u8) => value * 60_000_000,
            _ => value * 1_000_000,
        };
    }
}
