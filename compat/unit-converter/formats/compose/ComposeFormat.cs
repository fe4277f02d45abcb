using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter.Formats.Compose;

/// <summary>compose.yaml and docker-compose.yml: a service for each container, which the engine runs in the foreground. The Compose Specification.</summary>
internal sealed class ComposeFormat : SourceFormat
{
    public override string Name => "compose";

    public override string Title => "compose file";

    public override bool Recognises(SourceText source, InputOptions options)
        => (source.FileName.EndsWith(".yml", StringComparison.Ordinal) || source.FileName.EndsWith(".yaml", StringComparison.Ordinal))
            && Array.Exists(source.Lines, l => l.StartsWith("services:", StringComparison.Ordinal));

    public override void Convert(SourceText source, InputOptions options, Conversion into)
    {
        YamlNode? root = YamlReader.Read(source.Text, out string problem, out int line);
        if ((root as YamlMap)?.Get("services") is not YamlMap services)
        {
            into.Error(line, source.FileName, problem.Length > 0 ? $"left out: {problem}" : "left out: it has no services");
            return;
        }
        string project = (((YamlMap)root).Get("name") as YamlScalar)?.Text ?? source.Folder[(source.Folder.LastIndexOf('/') + 1)..];
        foreach ((YamlScalar key, YamlNode value) in ((YamlMap)root).Items)
        {
            switch (key.Text)
            {
                case "services" or "name": break;
                case "version": into.Dropped(key.Line, "version", "says nothing any more"); break;
                case "volumes": into.Carried(key.Line, "volumes", "the engine makes named volumes when a container needs them"); break;
                case "networks": into.Changed(key.Line, "networks", $"must be there before a unit starts: {Names(value)} ({options.Engine} network create NAME)"); break;
                case "include": into.Dropped(key.Line, "include", "not followed: name those files as sources too"); break;
                default: if (!key.Text.StartsWith("x-", StringComparison.Ordinal)) { into.Dropped(key.Line, key.Text, "has no word in a unit"); } break;
            }
        }
        foreach ((YamlScalar name, YamlNode value) in services.Items)
        {
            if (value is YamlMap map) { new ComposeService(name, map, project, source, options, into).Write(); }
            else { into.Error(name.Line, name.Text, "left out: is no service"); }
        }
    }

    private static string Names(YamlNode node) => node is YamlMap map ? string.Join(", ", map.Items.Select(i => i.Key.Text)) : "default";
}
