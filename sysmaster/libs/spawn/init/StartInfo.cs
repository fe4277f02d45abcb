namespace SysMaster.Spawn.Init;

/// <summary>What a core should know about the one before it.</summary>
/// <remarks>
/// <para>Generation: How many cores were started since boot, this one included: 1 is the boot.</para>
/// <para>Failures: How many cores before this one failed in a row; above 3, start without the state that may be the cause.</para>
/// <para>LastCode: si_code of the last core's end; 0 for the first.</para>
/// <para>LastStatus: Its exit status or signal.</para>
/// <para>Version: The protocol version init speaks.</para>
/// </remarks>
public readonly record struct StartInfo(int Generation, int Failures, int LastCode, int LastStatus, StartFlags Flags, int Version);
