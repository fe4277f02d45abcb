namespace SysMaster.Sctl.Slots;

/// <summary>The words of a kernel command line as boot loaders keep them: <c>init=</c> among them.</summary>
internal static class KernelWords
{
    public static string WithInit(string words, string init) =>
        string.Join(' ', [.. words.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Where(word => !IsInit(word)), "init=" + init]);

    public static string? Init(string words) => words.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).LastOrDefault(IsInit)?["init=".Length..];

    private static bool IsInit(string word) => word.StartsWith("init=", StringComparison.Ordinal);
}
