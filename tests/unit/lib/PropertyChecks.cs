using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace SysMaster;

/// <summary>How the property tests draw their inputs: the same ones in every plain run, so that a red run can be made again; new ones with `./test --full`, which searches.</summary>
internal static class PropertyChecks
{
    private static readonly bool s_search = Environment.GetEnvironmentVariable("SYSMASTER_FULL") == "1";

    /// <summary>An odd gamma, as the splittable generator needs it; both numbers mean nothing else.</summary>
    private static readonly Replay s_fixed = new(new Rnd(20_261_122, 11_400_714_819_323_198_485), FSharpOption<int>.None);

    /// <summary>Tries the property on a hundred inputs, or four hundred new ones in a search.</summary>
    /// <exception cref="Exception">An input for which it does not hold, shrunk, with the seed that brings it back.</exception>
    public static void Holds(this Property property)
        => property.Check(s_search
            ? Config.QuickThrowOnFailure.WithMaxTest(400)
            : Config.QuickThrowOnFailure.WithReplay(FSharpOption<Replay>.Some(s_fixed)));
}
