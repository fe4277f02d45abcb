namespace SysMaster.Core.Status;

/// <summary>systemd.show_status=, ShowStatus=. In <see cref="Auto"/> nothing is shown until something fails or hangs; then it is <see cref="Temporary"/>.</summary>
public enum ShowStatus
{
    No,
    Error,
    Auto,
    Temporary,
    Yes,
}
