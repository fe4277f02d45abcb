namespace SysMaster.UnitConverter.Formats.Compose;

/// <summary>A value of a YAML file with its line. Aliases are the node itself, so that no file grows by naming one often.</summary>
internal abstract record YamlNode(int Line);

internal sealed record YamlScalar(int Line, string Text, bool IsPlain) : YamlNode(Line)
{
    public bool IsNull => IsPlain && Text is "" or "~" or "null";
}

internal sealed record YamlList(int Line, List<YamlNode> Items) : YamlNode(Line);

internal sealed record YamlMap(int Line, List<(YamlScalar Key, YamlNode Value)> Items) : YamlNode(Line)
{
    public YamlNode? Get(string key) => Items.FindLast(i => i.Key.Text == key).Value;
}
