using SysMaster.TestRigs;

namespace SysMaster.Packaging.Tests;

/// <summary>The RPMs of this checkout in two releases, made by packaging/rpm/build without a network, once for all cases. The second has the programs of the first.</summary>
public sealed class Packages
{
    public const string Parts = "sysmaster sysmaster-systemctl sysmaster-random-seed sysmaster-unit-converter sysmaster-all";

    public Packages()
    {
        if (Environment.GetEnvironmentVariable("SYSMASTER_RPMS") == "keep") { return; }
        foreach (int release in (int[])[1, 2])
        {
            Outcome built = Shell.Run(Path.Combine(Shell.Root, "packaging/rpm/build"), ["--release", release.ToString(), .. release > 1 ? (string[])["--repack"] : []], 1500);
            built.Code.Should().Be(0, "{0}", built);
            string folder = Folder(release) + "/packages";
            if (Directory.Exists(folder)) { Directory.Delete(folder, recursive: true); }
            Directory.CreateDirectory(folder);
            foreach (string file in Directory.EnumerateFiles(Path.Combine(Shell.Root, "out/rpm"), $"*-{release}.*.rpm"))
            {
                if (!file.EndsWith(".src.rpm", StringComparison.Ordinal) && !file.Contains("debuginfo", StringComparison.Ordinal)) { File.Copy(file, Path.Combine(folder, Path.GetFileName(file))); }
            }
        }
    }

    /// <summary>What a rig takes as its payload: the RPMs of one build under /packages.</summary>
    public static string Folder(int release) => Path.Combine(Shell.Root, "out/rpm/payload-" + release);
}
