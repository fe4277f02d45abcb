namespace SysMaster.Core.Directives;

/// <summary>How a new job gets on with those already queued. man 1 systemctl, --job-mode=.</summary>
public enum JobMode
{
    Fail,
    Replace,
    ReplaceIrreversibly,
    Isolate,
    Flush,
    IgnoreDependencies,
    IgnoreRequirements,
    Triggering,
    RestartDependencies,
}
