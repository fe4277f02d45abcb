namespace SysMaster.Systemctl;

/// <summary>One run of the program: its settings, and the connections it has needed so far.</summary>
internal sealed class Session(Settings settings) : IDisposable
{
    private Bus? _manager;
    private Bus? _full;

    public Settings Settings => settings;

    /// <summary>The way to the manager; null after saying why there is none.</summary>
    public Caller? Manager() => Use(ref _manager, needsBus: false);

    /// <summary>The message bus, where logind and machined are.</summary>
    public Caller? MessageBus(bool quiet = false) => Use(ref _full, needsBus: true, quiet);

    public void Dispose()
    {
        _manager?.Dispose();
        _full?.Dispose();
    }

    private Caller? Use(ref Bus? bus, bool needsBus, bool quiet = false)
    {
        bus ??= Connector.Open(settings, needsBus, quiet);
        return bus is null ? null : new Caller(bus, settings.AskPassword);
    }
}
