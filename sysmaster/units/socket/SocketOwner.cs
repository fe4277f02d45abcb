using System.Text;
using SysMaster.Core;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Socket;

/// <summary>
/// SocketUser= and SocketGroup= as numbers. /etc/passwd and /etc/group are read here; a name that is not there is looked up by getent(1)
/// in a process of its own, since other databases may block.
/// </summary>
internal sealed class SocketOwner(Manager manager, Action<bool, uint, uint> known) : IHelperObserver
{
    private const uint None = uint.MaxValue;
    private const int UserTag = 1, GroupTag = 2;
    private ByteText _user, _group;
    private uint _uid, _gid;

    /// <summary>Answers through the callback, at once where it can. uint.MaxValue: leave as it is.</summary>
    public void Resolve(ByteText user, ByteText group)
    {
        _user = user;
        _group = group;
        _uid = _gid = None;
        ResolveUser();
    }

    public void OnHelperEnded(int tag, ChildExit exit, ReadOnlySpan<byte> output)
    {
        string[] fields = Encoding.UTF8.GetString(output).Split('\n')[0].Split(':');
        bool ok = exit.IsSuccess && (tag == UserTag ? TakeUser(fields) : TakeGroup(fields));
        if (!ok) { known(false, None, None); }
        else if (tag == UserTag) { ResolveGroup(); }
        else { known(true, _uid, _gid); }
    }

    private void ResolveUser()
    {
        if (_user.IsEmpty) { ResolveGroup(); }
        else if (UserNameText.TryParseId(_user.Span, out _uid)) { _gid = _uid; TakeUser(Line("/etc/passwd"u8, _user.ToString(), 2) ?? []); ResolveGroup(); }
        else if (Line("/etc/passwd"u8, _user.ToString(), 0) is { } fields && TakeUser(fields)) { ResolveGroup(); }
        else { Ask("passwd"u8, _user, UserTag); }
    }

    private void ResolveGroup()
    {
        if (_group.IsEmpty) { known(true, _uid, _gid); }
        else if (UserNameText.TryParseId(_group.Span, out _gid)) { known(true, _uid, _gid); }
        else if (Line("/etc/group"u8, _group.ToString(), 0) is { } fields && TakeGroup(fields)) { known(true, _uid, _gid); }
        else { Ask("group"u8, _group, GroupTag); }
    }

    private void Ask(ReadOnlySpan<byte> database, ByteText name, int tag)
    {
        Errno error = manager.Helpers.Run(["/usr/bin/getent"u8, database, name], manager.BaseEnvironment, Usec.FromSec(30), this, tag, keepOutput: true);
        if (error.Failed) { known(false, None, None); }
    }

    /// <summary>A user without SocketGroup= brings its primary group.</summary>
    private bool TakeUser(string[] fields) => fields.Length > 3 && uint.TryParse(fields[2], out _uid) && uint.TryParse(fields[3], out _gid);

    private bool TakeGroup(string[] fields) => fields.Length > 2 && uint.TryParse(fields[2], out _gid);

    private static string[]? Line(ByteText file, string wanted, int column)
    {
        Result<byte[]> content = Sys.ReadFile(file);
        if (content.Failed) { return null; }
        foreach (string line in Encoding.UTF8.GetString(content.Value).Split('\n'))
        {
            string[] fields = line.Split(':');
            if (fields.Length > column && fields[column] == wanted) { return fields; }
        }
        return null;
    }
}
