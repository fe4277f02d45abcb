namespace SysMaster.Systemctl;

/// <summary>help: the manual pages that a unit names, one after the other.</summary>
internal static class UnitManual
{
    public static int Show(UnitFacts facts, Settings settings)
    {
        string[] pages = facts.Texts("Documentation");
        if (pages.Length == 0)
        {
            Log.Info($"Documentation for {facts.Id} not known.");
            return 0;
        }
        _ = settings;
        foreach (string page in pages)
        {
            if (!page.StartsWith("man:", StringComparison.Ordinal))
            {
                Log.Info($"Can't show: {page}");
                continue;
            }
            Man(page[4..]);
        }
        return 0;
    }

    // "nginx(8)" is page and section.
    private static void Man(string page)
    {
        int open = page.LastIndexOf('(');
        string[] words = open > 0 && page.EndsWith(')') ? ["man", page[(open + 1)..^1], page[..open]] : ["man", page];
        Stdio.Flush();
        Linux.Result<ChildProcess> man = ChildProcess.Start(words);
        if (man.Failed) { _ = Log.Error("Failed to execute man", man.Error); }
        else { _ = man.Value.Wait(); }
    }
}
