using SysMaster.Core.Logging;
using SysMaster.UnitFiles.Install;

namespace SysMaster.Core;

/// <summary>What an operation on unit files passed over, named once.</summary>
public static class InstallReports
{
    public static void Tell(UnitFileInstaller installer)
    {
        foreach (InstallProblem problem in installer.TakeProblems())
        {
            if (problem.File.IsEmpty)
            {
                Log.Notice($"{problem.Text}");
                continue;
            }
            var context = new LogContext(problem.Unit.Length == 0 ? null : new Named(problem.Unit))
            {
                NoPrefix = true,
                MessageId = MessageIds.InvalidConfiguration,
                ConfigFile = problem.File.ToString(),
                ConfigLine = problem.Line,
            };
            Log.Write(problem.EndsFile ? LogLevel.Error : LogLevel.Warning, context, $"{problem.Text}");
        }
    }

    /// <summary>A unit that need not be loaded.</summary>
    private sealed record Named(string UnitName) : ILogSubject
    {
        public string? InvocationId => null;
    }
}
