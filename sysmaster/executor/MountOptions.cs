using SysMaster.Linux;

namespace SysMaster.Executor;

/// <summary>"ro,nosuid,size=10%" as flags of mount(2) and what is left for the file system.</summary>
internal readonly record struct MountOptions(nuint Flags, ByteText Data)
{
    public static MountOptions Parse(ReadOnlySpan<byte> options)
    {
        nuint flags = 0;
        var rest = new List<byte>(options.Length);
        foreach (Range range in options.Split((byte)','))
        {
            ReadOnlySpan<byte> option = options[range];
            if (option.IsEmpty || option.SequenceEqual("rw"u8)) { continue; }
            if (option.SequenceEqual("ro"u8)) { flags |= LibC.MS_RDONLY; }
            else if (option.SequenceEqual("nosuid"u8)) { flags |= LibC.MS_NOSUID; }
            else if (option.SequenceEqual("nodev"u8)) { flags |= LibC.MS_NODEV; }
            else if (option.SequenceEqual("noexec"u8)) { flags |= LibC.MS_NOEXEC; }
            else
            {
                if (rest.Count > 0) { rest.Add((byte)','); }
                rest.AddRange(option);
            }
        }
        return new MountOptions(flags, new ByteText(rest.ToArray()));
    }
}
