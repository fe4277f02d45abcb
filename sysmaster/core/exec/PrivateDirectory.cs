using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>A directory of our own in a directory that everybody may write to: mkdir never follows a link and fails on what is there.</summary>
internal static class PrivateDirectory
{
    /// <returns>The inner "tmp" (1777) of a new PARENT/STEMxxxxxx (0700).</returns>
    public static Result<ByteText> Make(string parent, string stem)
    {
        for (int attempt = 0; attempt < 16; attempt++)
        {
            string path = $"{parent}/{stem}{RandomLetters()}";
            Errno error = Sys.Mkdir(new ByteText(path), 0x1C0);
            if (error == Errno.EEXIST) { continue; }
            if (error.Failed) { return error; }
            var inner = new ByteText(path + "/tmp");
            error = Sys.Mkdir(inner, 0x3FF);
            if (error.Failed)
            {
                _ = Sys.Unlink(new ByteText(path), LibC.AT_REMOVEDIR);
                return error;
            }
            _ = Sys.Chmod(inner, 0x3FF);
            return inner;
        }
        return Errno.EEXIST;
    }

    private static string RandomLetters()
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        Span<byte> bytes = stackalloc byte[6];
        Span<char> text = stackalloc char[6];
        Sys.Random(bytes);
        for (int i = 0; i < text.Length; i++) { text[i] = Letters[bytes[i] % Letters.Length]; }
        return new string(text);
    }
}
