namespace SysMaster.Core.Logging;

/// <summary>MESSAGE_ID= of what the manager says: 128 bits that catalogues and log readers know (sd-messages.h). 32 lower-case hex digits.</summary>
public static class MessageIds
{
    public const string StartupFinished = "b07a249cd024414a82dd00cd181378ff";
    public const string UserStartupFinished = "eed00a68ffd84e31882105fd973abdd1";
    public const string Shutdown = "98268866d1d54a499c4e98921d93bc40";
    public const string Tainted = "50876a9db00f4c40bde1a2ad381c3a1b";
    public const string CrashExit = "d9ec5e95e4b646aaaea2fd05214edbda";
    public const string CrashFailed = "3ed0163e868a4417ab8b9e210407a96c";
    public const string CrashFreeze = "645c735537634ae0a32b15a7c6cba7d4";
    public const string SelinuxFailed = "658a67adc1c940b3b3316e7e8628834a";
    public const string CoreMainloopFailed = "79e05b67bc4545d1922fe47107ee60c5";
    public const string CoreStartTargetFailed = "59288af523be43a28d494e41e26e4510";
    public const string CoreIsolateTargetFailed = "689b4fcc97b4486ea5da92db69c9e314";
    public const string CorePid1Environment = "6a40fbfbd2ba4b8db02fb40c9cd090d7";
    public const string TimeChange = "c7a787079b354eaaa9e77b371893cd27";
    public const string TimezoneChange = "45f82f4aef7a4bbf942ce861d1f20990";
    public const string UnitStarting = "7d4958e842da4a758f6c1cdc7b36dcc5";
    public const string UnitStarted = "39f53479d3a045ac8e11786248231fbf";
    public const string UnitFailed = "be02cf6855d2428ba40df7e9d022f03d";
    public const string UnitStopping = "de5b426a63be47a7b6ac3eaac82e2f6f";
    public const string UnitStopped = "9d1aaa27d60140bd96365438aad20286";
    public const string UnitReloading = "d34d037fff1847e6ae669a370e694725";
    public const string UnitReloaded = "7b05ebc668384222baa8881179cfda54";
    public const string UnitRestartScheduled = "5eb03494b6584870a536b337290809b3";
    public const string UnitResources = "ae8f7b866b0347b9af31fe1c80b127c0";
    public const string UnitSuccess = "7ad2d189f7e94e70a38c781354912448";
    public const string UnitSkipped = "0e4284a0caca4bfc81c0bb6786972673";
    public const string UnitFailureResult = "d9b373ed55a64feb8242e02dbe79a49c";
    public const string SpawnFailed = "641257651c1b4ec9a8624d7a40a9e1e7";
    public const string UnitProcessExit = "98e322203f7a4ed290d09fe03c09fe15";
    public const string Overmounting = "1dee0369c7fc4736b7099b38ecb46ee7";
    public const string UnitOomdKill = "d989611b15e44c9dbf31e3c81256e4ed";
    public const string UnitOutOfMemory = "fe6faa94e7774663a0da52717891d8ef";
    public const string InvalidConfiguration = "c772d24e9a884cbeb9ea12625c306c01";
    public const string UnsafeUserName = "b61fdac612e94b9182285b998843061f";
    public const string MountPointPathNotSuitable = "1b3bb94037f04bbf81028e135a12d293";
    public const string DevicePathNotSuitable = "010190138f494e29a0ef6669749531aa";
    public const string NobodyUserUnsuitable = "b480325f9c394a7b802c231e51a2752c";
    public const string TimeBump = "7db73c8af0d94eeb822ae04323fe6ab6";
    public const string MemoryTrim = "f9b0be465ad540d0850ad32172d57c21";
    public const string SysvGeneratorDeprecated = "a8fa8dacdb1d443e9503b8be367a6adb";
    public const string FactoryReset = "c14aaf76ec284a5fa1f105f88dfb061c";
}
