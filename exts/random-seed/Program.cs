using SysMaster.Linux;

namespace SysMaster.RandomSeed;

/// <summary>systemd-random-seed.service(8): <c>random-seed load</c> and <c>random-seed save</c>. Exit code 0, or 1 with a message on standard error.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args.Length != 1) { return Say.Error("This program requires one argument."); }
        bool load = args[0] == "load";
        if (!load && args[0] != "save") { return Say.Error($"Unknown verb '{args[0]}'."); }
        Seed seed = new(new ByteText(SeedFile.StandardPath));
        return load ? seed.Load() : seed.Save();
    }
}
