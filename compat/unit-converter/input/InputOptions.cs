using SysMaster.Linux;

namespace SysMaster.UnitConverter.Input;

/// <summary>How a source is to be read.</summary>
internal sealed record InputOptions
{
    /// <summary>The system that the sources belong to; empty for this one. Paths in units are as seen from inside it.</summary>
    public string Root { get; init; } = "";

    /// <summary>The format, where the user says it; else it is told from the content.</summary>
    public string? From { get; init; }

    /// <summary>Whose a crontab without a user column is.</summary>
    public string? User { get; init; }

    /// <summary>The program that runs containers.</summary>
    public string Engine { get; init; } = "/usr/bin/docker";

    /// <summary>Another file of the same system, as a script or a table names it. Null when it is not there or is no text.</summary>
    public SourceText? ReadOther(string path)
    {
        if (!path.StartsWith('/') || path.Split('/').Contains("..")) { return null; }
        Result<byte[]> bytes = SourceReader.Read(Root + path, out _);
        return bytes.Failed ? null : SourceText.Decode(path, bytes.Value, out _, out _);
    }

    public bool Exists(string path) => path.StartsWith('/') && !path.Split('/').Contains("..") && Sys.Exists(new ByteText(SourceText.Encode(Root + path)));

    /// <summary>The names in a folder of the same system; empty when there is none.</summary>
    public IReadOnlyList<string> List(string folder)
        => folder.StartsWith('/') && !folder.Split('/').Contains("..") ? SourceReader.List(Root + folder, out _) : [];

    /// <summary>A path of this machine as the system of the sources knows it.</summary>
    public string Inside(string path)
        => Root.Length > 0 && path.StartsWith(Root + "/", StringComparison.Ordinal) ? path[Root.Length..] : path;
}
