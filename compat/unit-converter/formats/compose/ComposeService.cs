using System.Globalization;
using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Text;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Formats.Compose;

/// <summary>One service: "docker run" in the foreground with what the file says, and the dependencies as the manager's.</summary>
internal sealed class ComposeService(YamlScalar name, YamlMap map, string project, SourceText source, InputOptions options, Conversion into)
{
    /// <summary>Words that "run" has as options of the same meaning, one value each.</summary>
    private static readonly Dictionary<string, string> s_options = new()
    {
        ["hostname"] = "--hostname", ["user"] = "--user", ["working_dir"] = "--workdir", ["network_mode"] = "--network", ["pid"] = "--pid", ["ipc"] = "--ipc", ["platform"] = "--platform", ["shm_size"] = "--shm-size",
        ["mem_limit"] = "--memory", ["memswap_limit"] = "--memory-swap", ["mem_reservation"] = "--memory-reservation", ["cpus"] = "--cpus", ["cpu_shares"] = "--cpu-shares", ["cpuset"] = "--cpuset-cpus",
        ["pids_limit"] = "--pids-limit", ["mac_address"] = "--mac-address", ["runtime"] = "--runtime", ["userns_mode"] = "--userns", ["cgroup_parent"] = "--cgroup-parent", ["oom_score_adj"] = "--oom-score-adj",
        ["domainname"] = "--domainname", ["isolation"] = "--isolation", ["uts"] = "--uts", ["stop_signal"] = "--stop-signal", ["pull_policy"] = "--pull",
    };

    /// <summary>The same, for lists.</summary>
    private static readonly Dictionary<string, string> s_lists = new()
    {
        ["ports"] = "--publish", ["expose"] = "--expose", ["volumes"] = "--volume", ["devices"] = "--device", ["cap_add"] = "--cap-add", ["cap_drop"] = "--cap-drop", ["dns"] = "--dns", ["dns_search"] = "--dns-search",
        ["dns_opt"] = "--dns-option", ["extra_hosts"] = "--add-host", ["security_opt"] = "--security-opt", ["tmpfs"] = "--tmpfs", ["env_file"] = "--env-file", ["labels"] = "--label", ["environment"] = "--env",
        ["sysctls"] = "--sysctl", ["group_add"] = "--group-add", ["volumes_from"] = "--volumes-from", ["external_links"] = "--link", ["links"] = "--link", ["storage_opt"] = "--storage-opt",
    };

    private static readonly Dictionary<string, string> s_flags = new() { ["privileged"] = "--privileged", ["read_only"] = "--read-only", ["init"] = "--init", ["tty"] = "--tty", ["stdin_open"] = "--interactive", ["oom_kill_disable"] = "--oom-kill-disable" };

    private readonly List<string> _run = [];
    private readonly List<string> _command = [];

    public void Write()
    {
        if (map.Get("image") is not YamlScalar image || image.Text.Length == 0)
        {
            into.Error(name.Line, name.Text, map.Get("build") is null ? "left out: it has no image" : "left out: it is built, not pulled. Build it, and say image: NAME");
            return;
        }
        string container = (map.Get("container_name") as YamlScalar)?.Text ?? $"{project}-{name.Text}";
        if (container.Length == 0 || !container.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') || !char.IsAsciiLetterOrDigit(container[0]))
        {
            into.Error(name.Line, container, "left out: no name that a container can have");
            return;
        }
        ConvertedUnit unit = into.Unit(UnitNames.Of(container, UnitKind.Service));
        unit.Add("Unit", "Description", Quote.Line($"{name.Text} ({source.Path}:{name.Line})"), name.Line);
        unit.Add("Unit", "SourcePath", Quote.Line(source.Path));
        unit.Add("Unit", "After", "network-online.target");
        unit.Add("Unit", "Wants", "network-online.target");
        if (options.Engine.EndsWith("/docker", StringComparison.Ordinal))
        {
            unit.Add("Unit", "Requires", "docker.service");
            unit.Add("Unit", "After", "docker.service");
        }
        foreach ((YamlScalar key, YamlNode value) in map.Items) { Take(unit, key, value); }
        Commands(unit, container, image);
        if (!unit.Has("Service", "Restart")) { unit.Add("Service", "Restart", "no"); }
        unit.Add("Install", "WantedBy", "multi-user.target");
        into.Carried(name.Line, name.Text, unit.Name);
    }

    private void Commands(ConvertedUnit unit, string container, YamlScalar image)
    {
        string engine = Quote.Program(options.Engine);
        unit.Add("Service", "ExecStartPre", $"-{engine} rm -f {Quote.Argument(container)}");
        List<string> words = ["run", "--rm", "--name", container, .. _run, image.Text, .. _command];
        unit.Add("Service", "ExecStart", engine + string.Concat(words.Select(w => " " + Quote.Argument(w))), image.Line);
        unit.Add("Service", "ExecStop", $"{engine} stop {Quote.Argument(container)}");
        // The first start may pull the image.
        unit.Add("Service", "TimeoutStartSec", "15min");
    }

    private void Take(ConvertedUnit unit, YamlScalar key, YamlNode value)
    {
        string word = key.Text;
        if (value is YamlScalar { IsNull: true }) { return; }
        if (s_options.TryGetValue(word, out string? option) && value is YamlScalar scalar) { Add(key, option, Literal(scalar)); }
        else if (s_flags.TryGetValue(word, out string? flag) && value is YamlScalar truth)
        {
            if (truth.Text is "true" or "yes" or "on") { _run.Add(flag); }
            into.Carried(key.Line, word, flag);
        }
        else if (s_lists.TryGetValue(word, out string? each)) { List(key, each, value); }
        else { Own(unit, key, value); }
    }

    private void Add(YamlScalar key, string option, string value)
    {
        _run.Add(option);
        _run.Add(value);
        into.Carried(key.Line, key.Text, option);
    }

    private void List(YamlScalar key, string option, YamlNode value)
    {
        switch (value)
        {
            case YamlScalar one: Add(key, option, Local(key.Text, Literal(one))); break;
            case YamlMap pairs:
                foreach ((YamlScalar left, YamlNode right) in pairs.Items)
                {
                    if (right is not YamlScalar text) { into.Dropped(left.Line, $"{key.Text}: {left.Text}", "is no single value"); }
                    else { Add(left, option, text.IsNull ? left.Text : $"{left.Text}{(key.Text == "extra_hosts" ? ":" : "=")}{Literal(text)}"); }
                }
                break;
            case YamlList items:
                foreach (YamlNode item in items.Items)
                {
                    if (item is YamlScalar text) { Add(key, option, Local(key.Text, Literal(text))); }
                    else if (item is YamlMap wide && Wide(key.Text, wide) is { } made) { Add(key, option, made); }
                    else { into.Dropped(item.Line, key.Text, "an entry in the long form that has no option of run"); }
                }
                break;
        }
    }

    /// <summary>The long forms of ports and volumes.</summary>
    private string? Wide(string word, YamlMap wide)
    {
        string? Text(string key) => wide.Get(key) is YamlScalar s ? Literal(s) : null;
        if (word == "ports" && Text("target") is { } target)
        {
            return $"{(Text("host_ip") is { } ip ? ip + ":" : "")}{(Text("published") is { } published ? published + ":" : "")}{target}{(Text("protocol") is { } protocol ? "/" + protocol : "")}";
        }
        if (word == "volumes" && Text("target") is { } place && Text("type") is "bind" or "volume" && Text("source") is { } from)
        {
            return $"{Local(word, from)}:{place}{(Text("read_only") is "true" ? ":ro" : "")}";
        }
        return word == "env_file" && Text("path") is { } file ? Local(word, file) : null;
    }

    /// <summary>Paths in a compose file begin where it lies.</summary>
    private string Local(string word, string text)
    {
        if (word is not ("volumes" or "env_file")) { return text; }
        if (text.StartsWith("./", StringComparison.Ordinal)) { return source.Folder + text[1..]; }
        if (text.StartsWith("../", StringComparison.Ordinal)) { return $"{source.Folder}/{text}"; }
        return word == "env_file" && !text.StartsWith('/') ? $"{source.Folder}/{text}" : text;
    }

    /// <summary>compose's own variables: the default where one is written, since nobody asks a shell later.</summary>
    private string Literal(YamlScalar scalar)
    {
        string text = scalar.Text;
        if (!text.Contains('$', StringComparison.Ordinal)) { return text; }
        var result = new System.Text.StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '$') { result.Append(text[i]); }
            else if (i + 1 < text.Length && text[i + 1] == '$') { result.Append(text[i++]); }
            else
            {
                int end = i + 1 < text.Length && text[i + 1] == '{' ? text.IndexOf('}', i) : i;
                if (end < 0) { end = i; }
                string inside = end > i ? text[(i + 2)..end] : "";
                int split = inside.IndexOf(":-", StringComparison.Ordinal) is >= 0 and int colon ? colon + 2 : inside.IndexOf('-', StringComparison.Ordinal) is >= 0 and int dash ? dash + 1 : -1;
                if (split < 0)
                {
                    into.Error(scalar.Line, text, "has a variable that compose takes from its environment: put the value in, then convert again");
                    result.Append(text[i]);
                    continue;
                }
                into.Changed(scalar.Line, text, $"the default of ${{{inside}}} is taken");
                result.Append(inside[split..]);
                i = end;
            }
        }
        return result.ToString();
    }

    private void Own(ConvertedUnit unit, YamlScalar key, YamlNode value)
    {
        string? text = value is YamlScalar scalar ? Literal(scalar) : null;
        switch (key.Text)
        {
            case "image" or "container_name": break;
            case "command": _command.AddRange(Words(key, value)); break;
            case "entrypoint":
                List<string> words = Words(key, value);
                if (words.Count > 0)
                {
                    Add(key, "--entrypoint", words[0]);
                    _command.InsertRange(0, words.Skip(1));
                }
                break;
            case "restart": Restart(unit, key, text ?? ""); break;
            case "depends_on": Depends(unit, key, value); break;
            case "stop_grace_period" when text is not null && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '.'):
                unit.Add("Service", "TimeoutStopSec", text, key.Line);
                into.Carried(key.Line, key.Text, "TimeoutStopSec=");
                break;
            case "networks":
                foreach (string network in value is YamlList list ? list.Items.OfType<YamlScalar>().Select(i => i.Text) : value is YamlMap nets ? nets.Items.Select(i => i.Key.Text) : []) { Add(key, "--network", network == "default" ? "bridge" : $"{project}_{network}"); }
                break;
            case "logging": into.Dropped(key.Line, key.Text, "the journal has the output"); break;
            case "healthcheck" or "deploy" or "profiles" or "secrets" or "configs" or "ulimits" or "build" or "extends" or "develop" or "scale" or "credential_spec" or "blkio_config" or "annotations":
                into.Dropped(key.Line, key.Text, "has no single option of run: add it to ExecStart= by hand");
                break;
            default: if (!key.Text.StartsWith("x-", StringComparison.Ordinal)) { into.Dropped(key.Line, key.Text, "not a word that is known"); } break;
        }
    }

    private List<string> Words(YamlScalar key, YamlNode value)
    {
        if (value is YamlList list) { return [.. list.Items.OfType<YamlScalar>().Select(Literal)]; }
        if (value is not YamlScalar text) { return []; }
        string literal = Literal(text);
        // compose splits as a shell does and runs none.
        return CommandText.Words("x " + literal) is { } words ? [.. words.Skip(1)] : Shell(key, literal);
    }

    private List<string> Shell(YamlScalar key, string literal)
    {
        into.Changed(key.Line, literal, "split at blanks: it has marks that only a shell would know");
        return [.. literal.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries)];
    }

    private void Restart(ConvertedUnit unit, YamlScalar key, string text)
    {
        string[] parts = text.Split(':', 2);
        string? policy = parts[0] switch { "always" or "unless-stopped" => "always", "on-failure" => "on-failure", "no" or "false" => "no", _ => null };
        if (policy is null)
        {
            into.Error(key.Line, $"restart: {text}", "no policy that is known, left out");
            return;
        }
        unit.Set("Service", "Restart", policy, key.Line);
        if (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int times) && times < int.MaxValue)
        {
            unit.Add("Unit", "StartLimitBurst", (times + 1).ToString(CultureInfo.InvariantCulture), key.Line);
            unit.Add("Unit", "StartLimitIntervalSec", "infinity", key.Line);
        }
        into.Carried(key.Line, $"restart: {text}", $"Restart={policy}");
    }

    private void Depends(ConvertedUnit unit, YamlScalar key, YamlNode value)
    {
        IEnumerable<(string Name, YamlNode? Detail)> others = value switch
        {
            YamlList list => list.Items.OfType<YamlScalar>().Select(i => (i.Text, (YamlNode?)null)),
            YamlMap wide => wide.Items.Select(i => (i.Key.Text, (YamlNode?)i.Value)),
            _ => [],
        };
        foreach ((string other, YamlNode? detail) in others)
        {
            string service = UnitNames.Of($"{project}-{other}", UnitKind.Service);
            unit.AddOnce("Unit", "Requires", service, key.Line);
            unit.AddOnce("Unit", "After", service, key.Line);
            string condition = (detail as YamlMap)?.Get("condition") is YamlScalar c ? c.Text : "service_started";
            if (condition == "service_started") { into.Carried(key.Line, $"depends_on {other}", "Requires=, After="); }
            else { into.Changed(key.Line, $"depends_on {other}: {condition}", "Requires= and After=: a unit waits for the start, not for health"); }
        }
    }
}
