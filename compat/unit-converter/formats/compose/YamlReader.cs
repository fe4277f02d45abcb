using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SysMaster.UnitConverter.Formats.Compose;

/// <summary>The first document of a YAML text as nodes, from the parser's events: no reflection, and bounds on depth and size.</summary>
internal sealed class YamlReader
{
    private const int MaxDepth = 64;
    private const int MaxNodes = 50_000;

    private readonly Parser _parser;
    private readonly Dictionary<string, YamlNode> _anchors = [];
    private int _nodes;

    private YamlReader(string text) => _parser = new Parser(new StringReader(text));

    /// <param name="problem">What is wrong with it; its line beside it.</param>
    public static YamlNode? Read(string text, out string problem, out int line)
    {
        var reader = new YamlReader(text);
        problem = "";
        line = 0;
        try
        {
            while (reader._parser.MoveNext() && reader._parser.Current is not NodeEvent) { }
            return reader._parser.Current is NodeEvent ? reader.Node(0) : null;
        }
        catch (YamlException bad)
        {
            problem = bad.InnerException?.Message ?? bad.Message;
            line = (int)Math.Min(bad.Start.Line, int.MaxValue);
            return null;
        }
        catch (InvalidOperationException bad)   // the library's scanner, over what is no YAML at all
        {
            problem = bad.Message;
            line = (int)Math.Min(reader._parser.Current?.End.Line ?? 0, int.MaxValue);
            return null;
        }
        catch (InvalidDataException bad)
        {
            problem = bad.Message;
            return null;
        }
    }

    private YamlNode Node(int depth)
    {
        if (depth > MaxDepth || ++_nodes > MaxNodes) { throw new InvalidDataException(depth > MaxDepth ? "it is nested too deep" : "there is too much in it"); }
        int line = (int)Math.Min(_parser.Current!.Start.Line, int.MaxValue);
        switch (_parser.Current)
        {
            case AnchorAlias alias: return _anchors.GetValueOrDefault(alias.Value.Value) ?? throw new InvalidDataException($"*{alias.Value.Value} names nothing (line {line})");
            case Scalar scalar: return Named(scalar, new YamlScalar(line, scalar.Value, scalar.Style == ScalarStyle.Plain));
            case SequenceStart start:
                var list = new YamlList(line, []);
                while (Next() is not SequenceEnd) { list.Items.Add(Node(depth + 1)); }
                return Named(start, list);
            case MappingStart start:
                var map = new YamlMap(line, []);
                while (Next() is not MappingEnd)
                {
                    YamlNode key = Node(depth + 1);
                    Next();
                    YamlNode value = Node(depth + 1);
                    if (key is YamlScalar { Text: "<<" }) { Merge(map, value); }
                    else if (key is YamlScalar name) { map.Items.Add((name, value)); }
                }
                return Named(start, map);
            default: throw new InvalidDataException($"line {line} is not understood");
        }
    }

    private ParsingEvent Next() => _parser.MoveNext() ? _parser.Current! : throw new InvalidDataException("it ends too early");

    private YamlNode Named(NodeEvent at, YamlNode node)
    {
        if (!at.Anchor.IsEmpty) { _anchors[at.Anchor.Value] = node; }
        return node;
    }

    /// <summary>What is merged in stands first: the map's own words come after and win.</summary>
    private void Merge(YamlMap map, YamlNode from)
    {
        IEnumerable<YamlNode> sources = from is YamlList list ? list.Items : [from];
        foreach (YamlNode source in sources)
        {
            if (source is not YamlMap other) { continue; }
            _nodes += other.Items.Count;
            if (_nodes > MaxNodes) { throw new InvalidDataException("there is too much in it"); }
            map.Items.InsertRange(0, other.Items);
        }
    }
}
