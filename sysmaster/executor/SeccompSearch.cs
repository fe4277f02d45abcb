namespace SysMaster.Executor;

/// <summary>A table of verdicts as a binary search over its runs of equal ones.</summary>
internal sealed class SeccompSearch(SeccompProgram program, uint[] verdicts, uint beyond, SeccompArguments arguments)
{
    private readonly List<(int First, uint Verdict)> _runs = [];

    public void Write()
    {
        for (int i = 0; i < verdicts.Length; i++)
        {
            if (i == 0 || verdicts[i] != verdicts[i - 1]) { _runs.Add((i, verdicts[i])); }
        }
        if (_runs[^1].Verdict != beyond) { _runs.Add((verdicts.Length, beyond)); }
        Write(0, _runs.Count);
    }

    /// <summary>Depth is log2 of the number of runs.</summary>
    private void Write(int from, int to)
    {
        if (to - from == 1)
        {
            uint verdict = _runs[from].Verdict;
            if (!arguments.Write(program, verdict)) { program.Return(verdict); }
            return;
        }
        int middle = (from + to) / 2;
        program.IfAtLeast((uint)_runs[middle].First, 0, 1);
        int upper = program.Jump();
        Write(from, middle);
        program.Land(upper);
        Write(middle, to);
    }
}
