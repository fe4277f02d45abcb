namespace SysMaster.Compat;

/// <summary>What a unit of a random graph is and what becomes of it.</summary>
/// <param name="Word">For people.</param>
/// <param name="Name">Of the unit; <c>#</c> is its number.</param>
/// <param name="Section">Its own section, <c>#</c> as above; null where there is no file.</param>
/// <param name="Partner">Section of the service that it activates, or empty.</param>
/// <param name="IsClocked">It goes on by itself after the jobs are over: whoever looks must wait until it stands.</param>
/// <param name="Limited">Its starts are counted.</param>
public sealed record Doing(string Word, string Name, string? Section, string Partner = "", bool IsClocked = false, bool Limited = false)
{
    private const string Service = "g-#.service";

    public bool IsService => Name == Service;

    /// <summary>What systemd 252 knows, each in the shapes that make jobs take different ways.</summary>
    public static readonly Doing[] All =
    [
        new("target", "g-#.target", ""),
        new("stays", Service, "[Service]\nExecStart=sleep infinity\n"),
        new("done", Service, "[Service]\nType=oneshot\nExecStart=true\n"),
        new("done stays", Service, "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=true\n"),
        new("fails", Service, "[Service]\nType=oneshot\nExecStart=false\n"),
        new("slow", Service, "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=sleep 0.4\n"),
        new("slow fails", Service, "[Service]\nType=oneshot\nExecStart=sh -c 'sleep 0.4; exit 1'\n"),
        new("stop slow", Service, "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=true\nExecStop=sleep 0.4\n"),
        new("ends", Service, "[Service]\nExecStart=sleep 0.2\n", IsClocked: true),
        new("dies", Service, "[Service]\nExecStart=sh -c 'sleep 0.2; exit 1'\n", IsClocked: true),
        new("restarts", Service, "[Service]\nExecStart=sh -c 'sleep 0.2; exit 1'\nRestart=on-failure\nRestartSec=100ms\n", IsClocked: true, Limited: true),
        new("comes back", Service, "[Service]\nExecStart=sleep infinity\nRestart=always\nRestartSec=100ms\n", IsClocked: true),
        new("reloads", Service, "[Service]\nExecStart=sleep infinity\nExecReload=true\n"),
        new("reload fails", Service, "[Service]\nExecStart=sleep infinity\nExecReload=false\n"),
        new("reload slow", Service, "[Service]\nExecStart=sleep infinity\nExecReload=sleep 0.3\n"),
        new("pre fails", Service, "[Service]\nExecStartPre=false\nExecStart=sleep infinity\n"),
        new("post fails", Service, "[Service]\nExecStart=sleep infinity\nExecStartPost=false\n"),
        new("condition", Service, "[Service]\nExecCondition=false\nExecStart=sleep infinity\n"),
        new("condition fails", Service, "[Service]\nExecCondition=sh -c 'exit 255'\nExecStart=sleep infinity\n"),
        new("stop fails", Service, "[Service]\nExecStart=sleep infinity\nExecStop=false\n"),
        new("stop-post", Service, "[Service]\nExecStart=sleep infinity\nExecStopPost=sh -c 'sleep 0.2; exit 3'\n"),
        new("no program", Service, "[Service]\nType=exec\nExecStart=/nonexistent/program\n"),
        new("notifies", Service, "[Service]\nType=notify\nNotifyAccess=all\nExecStart=sh -c 'sleep 0.2; systemd-notify --ready; exec sleep infinity'\n"),
        new("never ready", Service, "[Service]\nType=notify\nTimeoutStartSec=400ms\nExecStart=sleep infinity\n"),
        new("too long", Service, "[Service]\nExecStart=sleep infinity\nRuntimeMaxSec=300ms\n", IsClocked: true),
        new("ignores", Service, "[Service]\nTimeoutStopSec=300ms\nExecStart=sh -c 'trap \"\" TERM; sleep infinity & wait; wait; sleep infinity'\n"),
        new("forks", Service, "[Service]\nType=forking\nExecStart=sh -c 'sleep infinity &'\n"),
        new("socket", "g-#.socket", "[Socket]\nListenFIFO=/run/compat/fifo-#\nService=g-#p.service\nTriggerLimitBurst=0\n",
            "[Service]\nExecStart=sh -c 'timeout 0.1 cat <&3; exec sleep infinity'\n", IsClocked: true),
        new("timer", "g-#.timer", "[Timer]\nOnActiveSec=300ms\nAccuracySec=1ms\nUnit=g-#p.service\n", "[Service]\nType=oneshot\nExecStart=true\n", IsClocked: true),
        new("path", "g-#.path", "[Path]\nPathExists=/run/compat/flag\nUnit=g-#p.service\n", "[Service]\nExecStart=sleep infinity\n", IsClocked: true),
        new("mount", "run-c-g#.mount", "[Mount]\nWhat=tmpfs\nWhere=/run/c/g#\nType=tmpfs\nOptions=size=1m\n"),
        new("mount fails", "run-c-g#.mount", "[Mount]\nWhat=/nonexistent\nWhere=/run/c/g#\nType=ext4\n"),
        new("slice", "g#.slice", "[Slice]\n"),
        new("not found", Service, null),
        new("bad", Service, "[Service]\nType=oneshot\nRemainAfterExit=no\n"),
    ];
}
