using SysMaster.Linux;

namespace SysMaster.Units.Path;

/// <summary>PathExistsGlob=: does a shell pattern match anything? glob(3).</summary>
internal static unsafe class PathGlob
{
    public static bool Any(ByteText pattern)
    {
        byte* result = stackalloc byte[72];
        new Span<byte>(result, 72).Clear();
        fixed (byte* p = pattern.CString)
        {
            bool found = LibC.glob(p, LibC.GLOB_NOSORT | LibC.GLOB_BRACE, 0, result) == 0 && *(nuint*)result > 0;
            LibC.globfree(result);
            return found;
        }
    }
}
