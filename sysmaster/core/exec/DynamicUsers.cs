using System.Globalization;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>One number that is taken for a name as long as units with that name run.</summary>
/// <param name="Name">What DynamicUser= units call their user or group.</param>
/// <param name="Id">For user and group alike.</param>
public sealed record DynamicUser(ByteText Name, uint Id)
{
    internal int Users;

    /// <summary>The file named after the number, locked: who finds it locked leaves the number alone.</summary>
    internal OwnedFd? Lock;
}

/// <summary>
/// DynamicUser=: numbers from 61184 to 65519, each with a locked file and two links below /run/systemd/dynamic-uid, where nss-systemd and
/// other managers look. The first number tried follows from the name, as under systemd, so that a state directory mostly keeps its owner.
/// What is taken stands in the records of the units that hold it; a manager that starts anew locks it again (<see cref="Adopt"/>).
/// systemd.exec(5), DynamicUser=.
/// </summary>
public sealed class DynamicUsers(Manager manager)
{
    public const uint First = 61184;
    public const uint Last = 65519;
    private const int Tries = 100;

    private readonly Dictionary<ByteText, DynamicUser> _byName = [];

    public IReadOnlyCollection<DynamicUser> All => _byName.Values;

    public DynamicUser? Find(ByteText name) => _byName.GetValueOrDefault(name);

    public DynamicUser? Find(uint id)
    {
        foreach (DynamicUser user in _byName.Values)
        {
            if (user.Id == id) { return user; }
        }
        return null;
    }

    /// <summary>The name's number, taken now if nobody has it yet; to be given back with <see cref="Release"/>.</summary>
    /// <returns>EBUSY when no number is free.</returns>
    public Result<DynamicUser> Acquire(ByteText name)
    {
        if (_byName.TryGetValue(name, out DynamicUser? known))
        {
            known.Users++;
            return known;
        }
        uint candidate = InRange((uint)SipHash.Of(name.Span));
        Span<byte> random = stackalloc byte[4];
        for (int i = 0; i < Tries; i++)
        {
            if (Find(candidate) is null && TryLock(name, candidate) is { } user) { return user; }
            Sys.Random(random);
            candidate = InRange(BitConverter.ToUInt32(random));
        }
        return Errno.EBUSY;
    }

    /// <summary>Read back from the record of a unit: it has this number and keeps it.</summary>
    public DynamicUser? Adopt(ByteText name, uint id)
    {
        if (id is < First or > Last) { return null; }
        if (_byName.TryGetValue(name, out DynamicUser? known))
        {
            known.Users++;
            return known;
        }
        return TryLock(name, id);
    }

    public void Release(DynamicUser user)
    {
        if (--user.Users > 0) { return; }
        _byName.Remove(user.Name);
        // Unlinked before the lock goes: whoever got the old file's lock in between sees that the name is gone.
        _ = Sys.Unlink(FileOf(user.Id));
        _ = Sys.Unlink(LinkOf(user.Id));
        _ = Sys.Unlink(LinkOf(user.Name));
        user.Lock?.Dispose();
    }

    private DynamicUser? TryLock(ByteText name, uint id)
    {
        if (Sys.MkdirAll(new ByteText(Directory), 0x1ED).Failed) { return null; }
        ByteText path = FileOf(id);
        Result<OwnedFd> open = Sys.Open(path, LibC.O_CREAT | LibC.O_RDWR | LibC.O_NOFOLLOW | LibC.O_NOCTTY, 0x180);
        if (open.Failed) { return null; }
        OwnedFd file = open.Value;
        bool locked = LibC.flock(file.Value, LibC.LOCK_EX | LibC.LOCK_NB) == 0;
        Result<FileStat> opened = Sys.Stat(file.Fd), named = Sys.Stat(path, followLinks: false);
        // Somebody may have unlinked it between the open and the lock.
        bool same = locked && !opened.Failed && !named.Failed && opened.Value.IsSameFile(named.Value);
        if (!same || Sys.WriteFile(path, [.. name.Span, (byte)'\n'], LibC.O_WRONLY | LibC.O_TRUNC | LibC.O_NOFOLLOW).Failed)
        {
            file.Dispose();
            return null;
        }
        ByteText number = new(id.ToString(CultureInfo.InvariantCulture));
        Link(name, LinkOf(id));
        Link(number, LinkOf(name));
        var user = new DynamicUser(name, id) { Users = 1, Lock = file };
        _byName[name] = user;
        return user;
    }

    private static void Link(ByteText target, ByteText link)
    {
        _ = Sys.Unlink(link);
        _ = Sys.Symlink(target, link);
    }

    private string Directory => $"{manager.Options.RuntimeDirectory}/systemd/dynamic-uid";

    private ByteText FileOf(uint id) => new($"{Directory}/{id}");

    private ByteText LinkOf(uint id) => new($"{Directory}/direct:{id}");

    private ByteText LinkOf(ByteText name) => new($"{Directory}/direct:{name.ToString()}");

    private static uint InRange(uint number) => First + (number % (Last - First + 1));
}
