using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>The calls of libpam.so.0 we need, found by name: units without PAMName= never load it. pam(3).</summary>
internal sealed unsafe class PamLibrary
{
    public const int Success = 0;
    public const int ConvError = 19;
    public const int ItemTty = 3;
    public const int EstablishCred = 2;
    public const int DeleteCred = 4;
    public const int Silent = 0x8000;
    public const int DataSilent = 0x40000000;

    public readonly delegate* unmanaged<byte*, byte*, void*, nint*, int> Start;
    public readonly delegate* unmanaged<nint, int, byte*, int> SetItem;
    public readonly delegate* unmanaged<nint, byte*, int> PutEnv;
    public readonly delegate* unmanaged<nint, int, int> AccountManagement;
    public readonly delegate* unmanaged<nint, int, int> SetCred;
    public readonly delegate* unmanaged<nint, int, int> OpenSession;
    public readonly delegate* unmanaged<nint, int, int> CloseSession;
    public readonly delegate* unmanaged<nint, byte**> GetEnvList;
    public readonly delegate* unmanaged<nint, int, int> End;
    public readonly delegate* unmanaged<nint, int, byte*> StrError;

    private readonly nint _library;

    public PamLibrary()
    {
        fixed (byte* name = "libpam.so.0\0"u8) { _library = LibC.dlopen(name, LibC.RTLD_NOW); }
        if (_library == 0) { Report.Fail(ExecStatus.Pam, Errno.ENOENT, "PAM: libpam.so.0 is not installed"u8); }
        Start = (delegate* unmanaged<byte*, byte*, void*, nint*, int>)Find("pam_start\0"u8);
        SetItem = (delegate* unmanaged<nint, int, byte*, int>)Find("pam_set_item\0"u8);
        PutEnv = (delegate* unmanaged<nint, byte*, int>)Find("pam_putenv\0"u8);
        AccountManagement = (delegate* unmanaged<nint, int, int>)Find("pam_acct_mgmt\0"u8);
        SetCred = (delegate* unmanaged<nint, int, int>)Find("pam_setcred\0"u8);
        OpenSession = (delegate* unmanaged<nint, int, int>)Find("pam_open_session\0"u8);
        CloseSession = (delegate* unmanaged<nint, int, int>)Find("pam_close_session\0"u8);
        GetEnvList = (delegate* unmanaged<nint, byte**>)Find("pam_getenvlist\0"u8);
        End = (delegate* unmanaged<nint, int, int>)Find("pam_end\0"u8);
        StrError = (delegate* unmanaged<nint, int, byte*>)Find("pam_strerror\0"u8);
    }

    private void* Find(ReadOnlySpan<byte> name)
    {
        fixed (byte* n = name)
        {
            nint symbol = LibC.dlsym(_library, n);
            if (symbol == 0) { Report.Fail(ExecStatus.Pam, Errno.ENOSYS, "PAM: libpam.so.0 lacks a call"u8); }
            return (void*)symbol;
        }
    }
}
