using System.Diagnostics;
using System.Text;

namespace SysMaster.TestRigs;

/// <summary>What a command left behind.</summary>
public sealed record Outcome(int Code, string Output, string Errors)
{
    /// <summary>Output without the line feed at its end, as a shell's $(…) gives it.</summary>
    public string Text => Output.TrimEnd('\n');

    public override string ToString() => $"exit code {Code}\n--- output\n{Output}\n--- errors\n{Errors}";
}

/// <summary>Runs the rigs' commands on this machine.</summary>
internal static class Shell
{
    /// <summary>The checkout, found from where the tests were built.</summary>
    public static string Root { get; } = FindRoot();

    public static Outcome Run(string program, IEnumerable<string> arguments, int seconds)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var output = new StringBuilder();
        var errors = new StringBuilder();
        var open = new CountdownEvent(2);
        process.OutputDataReceived += (_, line) => Append(output, line.Data, open);
        process.ErrorDataReceived += (_, line) => Append(errors, line.Data, open);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(TimeSpan.FromSeconds(seconds)))
        {
            process.Kill(entireProcessTree: true);
            return new Outcome(124, output.ToString(), errors + $"\nno end within {seconds} s");
        }

        // A daemon may hold the pipe for ever: what has come by then is what there is.
        open.Wait(TimeSpan.FromSeconds(2));
        lock (output)
        lock (errors)
            return new Outcome(process.ExitCode, output.ToString(), errors.ToString());
    }

    private static void Append(StringBuilder text, string? line, CountdownEvent open)
    {
        if (line is null)
        {
            open.Signal();
            return;
        }

        lock (text)
            text.Append(line).Append('\n');
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SysMaster.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("not built inside a checkout");
    }
}
