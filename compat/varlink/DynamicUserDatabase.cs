using System.Text.Json;
using SysMaster.Core;
using SysMaster.Linux;

namespace SysMaster.Varlink;

/// <summary>
/// io.systemd.UserDatabase for the names of DynamicUser=: nss-systemd and userdbctl(1) ask here. https://systemd.io/USER_GROUP_API;
/// what systemd answers was looked at, call by call (docs/varlink.md).
/// </summary>
public sealed class DynamicUserDatabase(DynamicUsers users) : IVarlinkService
{
    /// <summary>The socket's path and the service's name in it.</summary>
    public const string SocketPath = "/run/systemd/userdb/" + Name;

    private const string Name = "io.systemd.DynamicUser", Interface = "io.systemd.UserDatabase.";
    private const int BadValue = 22, UnknownParameter = 99, ManyWithoutMore = 16;   // EINVAL, EADDRNOTAVAIL, EBUSY

    /// <summary>What was asked for: a number, a name, both or neither.</summary>
    private readonly record struct Question(uint? Id, string? Name, string? Service);

    public bool Answer(VarlinkClient client, in VarlinkCall call, VarlinkReply reply)
    {
        switch (call.Method)
        {
            case Interface + "GetUserRecord": Look(call, "uid", "userName", WriteUser, reply); return true;
            case Interface + "GetGroupRecord": Look(call, "gid", "groupName", WriteGroup, reply); return true;
            case Interface + "GetMemberships":
                // No dynamic user is a member of another's group.
                if (TryRead(call.Parameters, "", "userName", "groupName", reply, out Question question)) { reply.Error(Interface + (question.Service == Name ? "NoRecordFound" : "BadService")); }
                return true;
            default: return false;
        }
    }

    private void Look(in VarlinkCall call, string id, string name, Action<Utf8JsonWriter, DynamicUser> write, VarlinkReply reply)
    {
        if (!TryRead(call.Parameters, id, name, "", reply, out Question question)) { return; }
        if (question.Service != Name) { reply.Error(Interface + "BadService"); }
        else if (question is { Id: null, Name: null }) { All(call.More, write, reply); }
        else
        {
            DynamicUser? found = question.Id is { } number ? users.Find(number) : users.Find(new ByteText(question.Name!));
            if (found is null) { reply.Error(Interface + "NoRecordFound"); }
            else if (question.Name is { } asked && found.Name != new ByteText(asked)) { reply.Error(Interface + "ConflictingRecordFound"); }
            else { reply.Result(json => write(json, found)); }
        }
    }

    private void All(bool more, Action<Utf8JsonWriter, DynamicUser> write, VarlinkReply reply)
    {
        DynamicUser[] all = [.. users.All];
        if (all.Length == 0) { reply.Error(Interface + "NoRecordFound"); }
        else if (all.Length > 1 && !more) { reply.Errno(ManyWithoutMore); }
        else
        {
            for (int i = 0; i < all.Length; i++)
            {
                DynamicUser user = all[i];
                reply.Result(json => write(json, user), continues: i + 1 < all.Length);
            }
        }
    }

    private static void WriteUser(Utf8JsonWriter json, DynamicUser user)
    {
        json.WriteStartObject("record"u8);
        json.WriteString("userName"u8, user.Name.Span);
        json.WriteNumber("uid"u8, user.Id);
        json.WriteNumber("gid"u8, user.Id);
        json.WriteString("realName"u8, "Dynamic User"u8);
        json.WriteString("homeDirectory"u8, "/"u8);
        json.WriteString("shell"u8, "/usr/sbin/nologin"u8);
        json.WriteBoolean("locked"u8, true);
        WriteEnd(json);
    }

    private static void WriteGroup(Utf8JsonWriter json, DynamicUser group)
    {
        json.WriteStartObject("record"u8);
        json.WriteString("groupName"u8, group.Name.Span);
        json.WriteString("description"u8, "Dynamic Group"u8);
        json.WriteNumber("gid"u8, group.Id);
        WriteEnd(json);
    }

    private static void WriteEnd(Utf8JsonWriter json)
    {
        json.WriteString("service"u8, Name);
        json.WriteString("disposition"u8, "dynamic"u8);
        json.WriteEndObject();
    }

    /// <param name="parameters">The object, or empty.</param>
    /// <param name="id">The member that is a number; "" for none.</param>
    /// <param name="name">The member that is a name.</param>
    /// <param name="other">Another that may be there; "" for none.</param>
    /// <param name="reply">Gets the error.</param>
    /// <param name="question">What is asked.</param>
    private static bool TryRead(ReadOnlySpan<byte> parameters, string id, string name, string other, VarlinkReply reply, out Question question)
    {
        question = default;
        if (parameters.IsEmpty) { return true; }
        var reader = new Utf8JsonReader(parameters);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string member = reader.GetString()!;
            bool isId = member == id;
            if (!isId && member != name && member != "service" && (other.Length == 0 || member != other))
            {
                reply.Errno(UnknownParameter);
                return false;
            }
            reader.Read();
            uint number = 0;
            if (isId ? reader.TokenType != JsonTokenType.Number || !reader.TryGetUInt32(out number) || number == uint.MaxValue : reader.TokenType != JsonTokenType.String)
            {
                reply.Errno(BadValue);
                return false;
            }
            question = isId ? question with { Id = number } : member == "service" ? question with { Service = reader.GetString() }
                : member == name ? question with { Name = reader.GetString() } : question;
        }
        return true;
    }
}
