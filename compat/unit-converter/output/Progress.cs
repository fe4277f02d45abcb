namespace SysMaster.UnitConverter.Output;

/// <summary>A bar on standard error while a whole tree is converted: only on a terminal, and gone when it is done.</summary>
internal sealed class Progress(int total)
{
    private const int Width = 30;
    private readonly bool _shows = total > 1 && !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
    private int _done;

    public void Step(string what)
    {
        _done++;
        if (!_shows) { return; }
        int filled = _done * Width / total;
        string name = Text.Quote.ForPeople(what);
        name = name.Length > 40 ? "…" + name[^39..] : name;
        Console.Error.Write($"\r[{new string('#', filled)}{new string('-', Width - filled)}] {_done}/{total} {name}\u001b[K");
    }

    public void End()
    {
        if (_shows) { Console.Error.Write("\r\u001b[K"); }
    }
}
