using System.Collections.Immutable;
using SysMaster.Linux;

namespace SysMaster.UnitFiles.Generators;

/// <summary>What the generators' environment has beyond the manager's own block. man 7 systemd.generator, "ENVIRONMENT"; reference/env.tsv.</summary>
/// <param name="IsUser">SYSTEMD_SCOPE.</param>
/// <param name="InInitrd">SYSTEMD_IN_INITRD, system only.</param>
/// <param name="FirstBoot">SYSTEMD_FIRST_BOOT, system only.</param>
/// <param name="Virtualization">SYSTEMD_VIRTUALIZATION: "vm:kvm", "container:docker"; empty: not set.</param>
/// <param name="Architecture">SYSTEMD_ARCHITECTURE: "x86-64", "arm64".</param>
public sealed record GeneratorEnvironment(bool IsUser, bool InInitrd, bool FirstBoot, string Virtualization, string Architecture)
{
    /// <summary>The manager's block with these variables in place of its own of the same names.</summary>
    public ImmutableArray<ByteText> Over(IEnumerable<ByteText> manager)
    {
        List<ByteText> ours = Variables();
        var block = ImmutableArray.CreateBuilder<ByteText>();
        foreach (ByteText variable in manager)
        {
            int equals = variable.Span.IndexOf((byte)'=');
            if (equals < 0 || !ours.Exists(o => o.StartsWith(variable.Span[..(equals + 1)]))) { block.Add(variable); }
        }
        block.AddRange(ours);
        return block.ToImmutable();
    }

    private List<ByteText> Variables()
    {
        List<ByteText> list = [new ByteText("SYSTEMD_SCOPE=" + (IsUser ? "user" : "system"))];
        if (!IsUser)
        {
            list.Add(new ByteText("SYSTEMD_IN_INITRD=" + (InInitrd ? "1" : "0")));
            list.Add(new ByteText("SYSTEMD_FIRST_BOOT=" + (FirstBoot ? "1" : "0")));
        }
        if (Virtualization.Length > 0) { list.Add(new ByteText("SYSTEMD_VIRTUALIZATION=" + Virtualization)); }
        list.Add(new ByteText("SYSTEMD_ARCHITECTURE=" + Architecture));
        return list;
    }
}
