namespace SysMaster.Varlink;

/// <summary>The methods behind one socket.</summary>
public interface IVarlinkService
{
    /// <summary>Answers one call of a client.</summary>
    /// <returns>False: it has no such method.</returns>
    bool Answer(VarlinkClient client, in VarlinkCall call, VarlinkReply reply);
}
