using System.Text;
using SysMaster.Core.Directives;
using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Text;
using SysMaster.UnitFiles;
using SysMaster.Units;

namespace SysMaster.UnitConverter.Formats.RustMaster;

/// <summary>
/// Unit files of the Rust sysMaster (openEuler): systemd's words in TOML's clothes. Text stands in quotes, lists are parted by ";", nothing may be said
/// twice, booleans are true and false, times are seconds. https://gitee.com/openeuler/sysmaster, docs/man.
/// </summary>
internal sealed class RustUnitFormat : SourceFormat
{
    private static readonly string[] s_lists =
    [
        "After", "Before", "Wants", "Requires", "Requisite", "PartOf", "BindsTo", "Conflicts", "OnFailure", "OnSuccess", "WantedBy", "RequiredBy", "Also", "Alias", "Sockets", "Symlinks", "RuntimeDirectory", "StateDirectory", "Documentation",
    ];

    private static readonly string[] s_repeated = ["EnvironmentFile", "ListenStream", "ListenDatagram", "ListenSequentialPacket", "ListenNetlink", "ListenFIFO", "ListenSpecial", "ListenMessageQueue"];

    public override string Name => "rust-sysmaster";

    public override string Title => "unit file of the Rust sysMaster";

    public override bool Recognises(SourceText source, InputOptions options)
    {
        if (!UnitName.TryParse(source.FileName, out UnitName unit) || unit.Kind == UnitKind.None) { return false; }
        if (source.Path.Contains("/sysmaster/", StringComparison.Ordinal)) { return true; }
        int quoted = 0, bare = 0;
        foreach (string line in source.Lines)
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || line.TrimStart() is ['#' or ';', ..]) { continue; }
            string value = line[(equals + 1)..].Trim();
            bool isText = value.Length > 1 && value[0] == '"' && value[^1] == '"' && value.IndexOf('"', 1) == value.Length - 1;
            if (isText) { quoted++; }
            else if (value.Length > 0 && !char.IsAsciiDigit(value[0]) && value is not ("true" or "false")) { bare++; }
        }
        return quoted > 0 && bare == 0;
    }

    public override void Convert(SourceText source, InputOptions options, Conversion into)
    {
        string name = UnitName.TryParse(source.FileName, out UnitName parsed) ? parsed.Text : UnitNames.Of(source.FileName, UnitKind.Service);
        UnitKind kind = UnitName.Parse(name).Kind;
        ConvertedUnit unit = into.Unit(name);
        DirectiveSet set = AllDirectives.Of(kind);
        HashSet<string> seen = [];
        foreach (IniLine line in Ini.Read(source, ';', (at, text) => into.Error(at, text, "is no line of a unit file, left out")))
        {
            Directive? row = set.Find(Encoding.UTF8.GetBytes(line.Section), Encoding.UTF8.GetBytes(line.Key)) ?? (line.Section == "Install" ? AllDirectives.Plain.Find("Install"u8, Encoding.UTF8.GetBytes(line.Key)) : null);
            if (row is null) { into.Dropped(line.Line, $"[{line.Section}] {line.Key}={line.Value}", "no directive that units have"); }
            else if (!seen.Add($"{line.Section}\n{line.Key}")) { into.Error(line.Line, $"{line.Key}={line.Value}", "said before: the Rust sysMaster refuses such a file, left out"); }
            else { Take(unit, line, into); }
        }
    }

    private static void Take(ConvertedUnit unit, IniLine line, Conversion into)
    {
        string text = Unquoted(line.Value);
        string key = line.Key switch { "StartLimitInterval" => "StartLimitIntervalSec", _ => line.Key };
        if (key is "JobTimeoutSec" && text == "0") { text = "infinity"; }
        if (key is "SocketMode" or "DirectoryMode" && text.StartsWith("0o", StringComparison.Ordinal)) { text = "0" + text[2..]; }
        if (s_repeated.Contains(key))
        {
            foreach (string one in text.Split(';', StringSplitOptions.RemoveEmptyEntries)) { unit.Add(line.Section, key, one.Trim(), line.Line); }
        }
        else if (key is "Environment")
        {
            foreach (string one in line.Value.Split(';', StringSplitOptions.RemoveEmptyEntries)) { unit.Add(line.Section, key, Quote.ListWord(Unquoted(one.Trim())), line.Line); }
        }
        else { unit.Add(line.Section, key, s_lists.Contains(key) ? string.Join(' ', text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim())) : text, line.Line); }
        if (key == line.Key && text == line.Value) { into.Carried(line.Line, $"{line.Key}={line.Value}", "the same"); }
        else { into.Carried(line.Line, $"{line.Key}={line.Value}", $"{key}="); }
    }

    /// <summary>A TOML string's text: its escapes are the few that a unit's words know too, so only quotes and backslashes are undone.</summary>
    private static string Unquoted(string value)
    {
        if (value.Length >= 2 && value[0] == '\'' && value[^1] == '\'') { return value[1..^1]; }
        if (value.Length < 2 || value[0] != '"' || value[^1] != '"') { return value; }
        return value[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
    }
}
