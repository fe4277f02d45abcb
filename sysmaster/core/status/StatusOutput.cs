using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core.Status;

/// <summary>
/// What is seen on the console while the machine comes up and goes down: "[  OK  ] Started foo." and its like. The manager says when a
/// line may be shown at all (<see cref="IsSuppressed"/>: neither starting nor stopping).
/// </summary>
public sealed class StatusOutput
{
    private readonly ConsoleDevice _console;
    private readonly StatusOptions _options;
    private readonly LogBuffer _text = new();
    private readonly LogBuffer _line = new();
    private ShowStatus _mode;
    private bool _previousEphemeral;

    public StatusOutput(StatusOptions options)
    {
        _options = options;
        _console = new ConsoleDevice(options.Console);
        _mode = options.Show;
    }

    /// <summary>Asked before each line; while it says true nothing but emergencies is shown.</summary>
    public Func<bool> IsSuppressed { get; set; } = static () => false;

    public StatusUnitFormat UnitFormat => _options.UnitFormat;

    public bool Colors => _options.Colors;

    public ShowStatus Mode => _mode;

    public ShowStatus ConfiguredMode => _options.Show;

    public bool IsOn => _mode is ShowStatus.Yes or ShowStatus.Temporary;

    /// <summary>Sets the mode and the marker file. An error of the marker is the caller's to log.</summary>
    public Errno SetMode(ShowStatus mode)
    {
        _mode = mode;
        if (_options.Marker.IsEmpty) { return Errno.None; }
        if (IsOn)
        {
            return Sys.WriteFile(_options.Marker, default, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_NOFOLLOW);
        }
        Errno e = Sys.Unlink(_options.Marker);
        return e == Errno.ENOENT ? Errno.None : e;
    }

    /// <summary>auto becomes temporary when something failed or takes long, and auto again when all is done.</summary>
    public Errno Flip(bool on) => (_mode, on) switch
    {
        (ShowStatus.Auto, true) => SetMode(ShowStatus.Temporary),
        (ShowStatus.Temporary, false) => SetMode(ShowStatus.Auto),
        _ => Errno.None,
    };

    public bool Shows(StatusKind kind)
    {
        if (kind == StatusKind.Emergency) { return true; }
        if (IsSuppressed()) { return false; }
        return IsOn || (kind == StatusKind.Notice && _mode != ShowStatus.No);
    }

    /// <summary>One line about a unit. <paramref name="phrase"/> holds one "%s" where the unit is named: "Started %s.".</summary>
    public void Unit(StatusMark mark, StatusKind kind, string phrase, string name, string description)
    {
        if (!Shows(kind)) { return; }
        int hole = phrase.IndexOf("%s", StringComparison.Ordinal);
        _text.Clear();
        _text.Append(phrase.AsSpan(0, hole < 0 ? phrase.Length : hole));
        if (hole >= 0)
        {
            AppendUnit(_text, name, description);
            _text.Append(phrase.AsSpan(hole + 2));
        }
        Write(mark, kind, _text.Span);
    }

    /// <summary>The hint under a failure.</summary>
    public void SeeStatus(string name) => Line(StatusMark.None, StatusKind.Notice, $"See 'systemctl status {name}' for details.");

    public void Line(StatusMark mark, StatusKind kind, string text)
    {
        if (!Shows(kind)) { return; }
        _text.Clear();
        _text.Append(text);
        Write(mark, kind, _text.Span);
    }

    /// <summary>An empty line, the greeting, an empty line: "Welcome to Debian GNU/Linux 12 (bookworm)!", in the distribution's colour.</summary>
    /// <param name="prettyName">PRETTY_NAME of os-release; empty is "Linux".</param>
    /// <param name="ansiColor">ANSI_COLOR of os-release, such as "1;34"; anything but digits and semicolons is ignored.</param>
    public void Welcome(string prettyName, string ansiColor)
    {
        string name = prettyName.Length == 0 ? "Linux" : prettyName;
        bool plain = !Colors || !IsColor(ansiColor);
        string color = ansiColor.Length == 0 ? "1" : ansiColor;
        Line(StatusMark.None, StatusKind.Normal, plain ? $"\nWelcome to {name}!\n" : $"\nWelcome to \e[{color}m{name}\e[0m!\n");
    }

    private static bool IsColor(string text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c) && c != ';') { return false; }
        }
        return true;
    }

    internal void AppendUnit(LogBuffer to, string name, string description)
    {
        bool same = description.Length == 0 || description == name;
        if (Colors) { to.Append("\e[0;1;39m"u8); }
        bool nameFirst = UnitFormat != StatusUnitFormat.Description || same;
        to.Append(nameFirst ? name : description);
        if (Colors) { to.Append("\e[0m"u8); }
        if (UnitFormat == StatusUnitFormat.Combined && !same)
        {
            to.Append(" - "u8);
            to.Append(description);
        }
    }

    internal void Ephemeral(string bracket, ReadOnlySpan<byte> text)
    {
        if (Shows(StatusKind.Ephemeral)) { Write(bracket, 9, true, text); }
    }

    private void Write(StatusMark mark, StatusKind kind, ReadOnlySpan<byte> text)
        => Write(StatusMarks.Text(mark, Colors), mark == StatusMark.None ? 0 : 9, kind == StatusKind.Ephemeral, text);

    private void Write(string bracket, int bracketColumns, bool ephemeral, ReadOnlySpan<byte> text)
    {
        int columns = _console.Columns();
        _line.Clear();
        if (_previousEphemeral) { _line.Append("\eM\r\e[K"u8); }   // up to the running line, and wipe it
        _line.Append(bracket);
        if (text.Contains((byte)'\n')) { _line.Append(text); }     // the greeting is laid out by hand
        else { Ellipsis.Fit(_line, text, Math.Max(columns - bracketColumns - 1, 3)); }
        _line.Append((byte)'\n');
        _previousEphemeral = ephemeral;
        _ = _console.Write(_line.Span);   // a console that is absent or stuck shows nothing; there is nobody to tell
    }
}
