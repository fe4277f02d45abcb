using System.Diagnostics;
using SysMaster.Linux;

namespace SysMaster.UnitFiles.Tests.Lookup;

/// <summary>A tree of small files in a directory of its own, removed at the end.</summary>
public sealed class TempTree : IDisposable
{
    public TempTree() => Path = Directory.CreateTempSubdirectory("sm-units-").FullName;

    public string Path { get; }

    public ByteText Root => new(Path);

    public string At(string path) => System.IO.Path.Combine(Path, path.TrimStart('/'));

    /// <summary>"path" makes a service; "path = text" a file; "path -> target" a link; "path/" a directory. "@" in a target is the tree's root.</summary>
    public TempTree Add(params string[] lines)
    {
        foreach (string line in lines)
        {
            if (line.Split(" -> ") is [var link, var target]) { Link(link, target.Replace("@ROOT", Path, StringComparison.Ordinal)); }
            else if (line.Split(" = ", 2) is [var file, var text]) { File(file, text.Replace("\\n", "\n", StringComparison.Ordinal)); }
            else if (line.EndsWith('/')) { Directory.CreateDirectory(At(line)); }
            else if (line.Contains(".d/", StringComparison.Ordinal)) { File(line, "[Unit]\nDescription=x\n"); }
            else { File(line, "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/true\n"); }
        }
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Every link and file: "path" or "path -> target", sorted.</summary>
    public List<string> Listing()
    {
        var list = new List<string>();
        AddEntries(Path, list);
        list.Sort(StringComparer.Ordinal);
        return list;
    }

    /// <summary>Runs a program; its two outputs together and its exit status.</summary>
    public static (string Output, int Status) Run(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        (string output, string errors, int status) = RunApart(program, arguments, environment);
        return (output + errors, status);
    }

    public static (string Output, string Errors, int Status) RunApart(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string argument in arguments) { start.ArgumentList.Add(argument); }
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach ((string name, string value) in environment) { start.Environment[name] = value; }
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output, error.Result, process.ExitCode);
    }

    /// <summary>Links to directories are not followed.</summary>
    private void AddEntries(string directory, List<string> list)
    {
        foreach (string path in Directory.GetFileSystemEntries(directory))
        {
            string relative = System.IO.Path.GetRelativePath(Path, path);
            string? target = new FileInfo(path).LinkTarget;
            bool isDirectory = target is null && Directory.Exists(path);
            list.Add(target is not null ? $"{relative} -> {target}" : isDirectory ? relative + "/" : relative);
            if (isDirectory) { AddEntries(path, list); }
        }
    }

    private void File(string path, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(path))!);
        System.IO.File.WriteAllText(At(path), text);
    }

    private void Link(string path, string target)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(path))!);
        System.IO.File.CreateSymbolicLink(At(path), target);
    }
}
