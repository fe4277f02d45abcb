namespace SysMaster.Varlink;

/// <summary>The methods behind one socket.</summary>
public interface IVarlinkService
{
    /// <summary>Answers one call.</summary>
    /// <returns>False: it has no such method.</returns>
    bool Answer(in VarlinkCall call, VarlinkReply reply);
}
