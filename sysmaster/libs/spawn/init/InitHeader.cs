using System.Runtime.InteropServices;

namespace SysMaster.Spawn.Init;

/// <summary>The fixed head of every message, in the machine's byte order; what A to E mean stands at each <see cref="InitMessageKind"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct InitHeader
{
    public const int Size = 32;

    public InitMessageKind Kind;
    public uint Serial;
    public int A;
    public int B;
    public int C;
    public int D;
    public long E;

    public InitHeader(InitMessageKind kind, int a = 0, int b = 0, int c = 0, int d = 0, long e = 0)
    {
        Kind = kind;
        A = a;
        B = b;
        C = c;
        D = d;
        E = e;
    }
}
