using System.CommandLine;
using SysMaster.Linux;

namespace SysMaster.Sctl;

/// <summary><c>sctl upgrade</c>: another build of init, manager and executor takes over; it comes back by itself if the new one does not.</summary>
internal static class UpgradeCommand
{
    public static Command Create()
    {
        var folder = new Argument<string?>("DIR")
        {
            Description = "Where the build lies; /usr/lib/sysmaster/previous for the one before. Without it: the one that was installed over the running one.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var timeout = new Option<int>("--timeout") { Description = "Seconds within which the new manager must answer.", DefaultValueFactory = _ => 5 };
        var command = new Command("upgrade", "Change to another build of the manager under everything that runs.") { folder, timeout };
        command.SetAction(result => Run(result.GetValue(folder), result.GetValue(timeout)));
        return command;
    }

    private static int Run(string? folder, int seconds)
    {
        if (LibC.geteuid() != 0)
        {
            Console.Error.WriteLine("Only root can change the manager.");
            return 1;
        }
        // Half of it is no state to be left in: a terminal that goes, or an impatient key, comes too late.
        _ = LibC.SetSignalMask(LibC.SIG_SETMASK, ~0UL);
        string? failure;
        try { failure = new Upgrade(Console.Out, seconds * 1000).Run(folder); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { failure = e.Message; }
        if (failure is null)
        {
            Console.WriteLine("The new build runs.");
            return 0;
        }
        Console.Error.WriteLine(failure);
        return 1;
    }
}
