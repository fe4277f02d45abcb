namespace SysMaster.Core.Directives;

/// <summary>How a list that a client set is written into the file that keeps it.</summary>
public enum SetForm
{
    /// <summary>As <see cref="Kind{T}.PrintLines"/> does.</summary>
    AsInFiles,

    /// <summary>All of them in one line, each as <c>PrintSetItem</c> has it.</summary>
    Words,

    /// <summary>A line for each.</summary>
    LineEach,

    /// <summary>An empty line that starts over, then a line for each that holds, whenever it was set.</summary>
    Whole,
}
