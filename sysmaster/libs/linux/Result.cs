using System.Diagnostics;

namespace SysMaster.Linux;

/// <summary>A value or an error number: for conditions that the direct caller handles (STYLE: errors, kind 1).</summary>
public readonly struct Result<T>
{
    private readonly T _value;

    public Result(T value) { _value = value; Error = Errno.None; }

    private Result(Errno error) { _value = default!; Error = error; }

    public Errno Error { get; }

    public bool Failed => Error.Failed;

    public T Value
    {
        get
        {
            Debug.Assert(!Failed, "the value of a failed result was read");
            return _value;
        }
    }

    public static implicit operator Result<T>(T value) => new(value);

    public static implicit operator Result<T>(Errno error) => new(error);
}
