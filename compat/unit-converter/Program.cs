using System.CommandLine;
using System.Text;

namespace SysMaster.UnitConverter;

/// <summary>Brings services in from other managers, and tells what sysmaster makes of unit files. docs/man/unit-converter.1 has the exit codes.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var root = new RootCommand("Convert what other managers start into unit files, and check unit files for this manager.");
        root.Subcommands.Add(ConvertCommand.Create());
        root.Subcommands.Add(CheckCommand.Create());
        return root.Parse(args).Invoke();
    }
}
