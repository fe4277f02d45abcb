using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>kexec: the kernel that was loaded before; else the one that the boot loader would start.</summary>
internal static class Kexec
{
    public static int Load(Settings settings)
    {
        Result<byte[]> loaded = Sys.ReadFile(new ByteText("/sys/kernel/kexec_loaded"));
        if (!loaded.Failed && loaded.Value.AsSpan().StartsWith("1"u8))
        {
            Log.Debug("Kexec kernel already loaded.");
            return 0;
        }
        if (!Sys.Exists(new ByteText("/sbin/kexec"))) { return Log.Error("/sbin/kexec is not available", Errno.ENOENT); }
        if (!Sys.Exists(new ByteText("/sys/firmware/efi"))) { return Log.Error("Automatic loading works only on systems booted with EFI."); }
        return BootEntry.Default() is { } entry ? Load(entry, settings) : Log.Error("No boot loader entry suitable as default, refusing to guess.");
    }

    private static int Load(BootEntry entry, Settings settings)
    {
        if (entry.Kernel.Length == 0) { return Log.Error("Boot entry does not refer to Linux kernel, which is not supported currently."); }
        if (entry.Initrds.Count > 1) { return Log.Error("Boot entry specifies multiple initrds, which is not supported currently."); }
        List<string> words = ["/sbin/kexec", "--load", entry.Root + entry.Kernel, "--append", entry.Options];
        foreach (string initrd in entry.Initrds) { words.Add($"--initrd={entry.Root}{initrd}"); }
        Log.Debug($"{(settings.DryRun ? "Would run" : "Running")} {string.Join(' ', words)}");
        if (settings.DryRun) { return 0; }
        Result<ChildProcess> child = ChildProcess.Start([.. words]);
        return child.Failed ? Log.Error("Failed to execute /sbin/kexec", child.Error) : child.Value.Wait() == 0 ? 0 : 1;
    }
}
