using System.Text;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles.Install;

namespace SysMaster.Systemctl;

/// <summary>What was done to links, told line by line.</summary>
internal static class InstallReport
{
    /// <summary>From a manager's answer: a(sss), kind, path, source.</summary>
    public static void Print(ref MessageReader reader, Settings settings, string verb)
    {
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            string kind = reader.ReadText(), path = reader.ReadText(), source = reader.ReadText();
            Print(kind, path, source, settings, verb);
        }
        reader.EndArray(array);
    }

    /// <summary>What was passed over, then what was done.</summary>
    /// <returns>1 when the whole failed.</returns>
    public static int Print(UnitFileInstaller files, InstallResult result, Settings settings, string verb)
    {
        LocalFiles.TellProblems(files);
        foreach (InstallChange change in result.Changes)
        {
            if (change.IsFailure) { _ = Log.Error(InstallText.Line(change, verb)); }
            else { Say(InstallText.Line(change, verb), settings); }
        }
        return result.Failed ? 1 : 0;
    }

    private static void Print(string kind, string path, string source, Settings settings, string verb)
    {
        for (InstallChangeKind k = InstallChangeKind.Symlink; k < InstallChangeKind.Failed; k++)
        {
            if (InstallText.Word(k) != kind) { continue; }
            Say(InstallText.Line(new InstallChange(k, new ByteText(Encoding.UTF8.GetBytes(path)), new ByteText(Encoding.UTF8.GetBytes(source))), verb),
                settings);
            return;
        }
        Log.Debug($"The manager reports \"{kind}\" of {path}, which is not known here.");
    }

    private static void Say(string line, Settings settings)
    {
        if (!settings.Quiet) { Log.Info(Texts.IsUtf8 ? line : line.Replace("→", "->", StringComparison.Ordinal)); }
    }
}
