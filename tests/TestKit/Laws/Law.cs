using System.Globalization;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace VoiceOrdering.TestKit.Laws;

/// <summary>
/// Checks a law on generated cases. Every run draws another seed; a law that breaks names it, and the same run comes back with the variable
/// <c>VO_SEED</c> set to it.
/// </summary>
public static class Law
{
    /// <summary>Name of the variable that fixes the seed.</summary>
    public const string SeedVariable = "VO_SEED";

    /// <summary>The law holds in all cases when it throws in none.</summary>
    /// <param name="cases">Where cases come from; small ones first.</param>
    /// <param name="law">Throws when the case breaks it.</param>
    /// <param name="describe">How a case is written in the failure; null for its own text.</param>
    /// <param name="run">How many cases; null for a hundred.</param>
    /// <exception cref="LawBrokenException">A case breaks the law.</exception>
    public static void Holds<T>(Gen<T> cases, Action<T> law, Func<T, string>? describe = null, LawRun? run = null)
    {
        run ??= new LawRun();
        var drawn = run.Seed ?? Seed();
        LawBrokenException? broken = null;
        var tried = 0;
        bool Try(T each)
        {
            tried++;
            try
            {
                law(each);
                return true;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                broken ??= new LawBrokenException(drawn, tried, describe?.Invoke(each) ?? each?.ToString() ?? "null", failure);
                return false;
            }
        }

        var replay = FSharpOption<Replay>.Some(new Replay(new Rnd(drawn), FSharpOption<int>.None));
        var config = Config.QuickThrowOnFailure.WithMaxTest(run.Tests).WithEndSize(run.Largest).WithReplay(replay).WithQuietOnSuccess(true);
        try
        {
            Prop.ForAll(cases.ToArbitrary(), (Func<T, bool>)Try).Check(config);
        }
        catch (Exception) when (broken is not null)
        {
            throw broken;
        }
    }

    private static ulong Seed() => Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } given
        ? ulong.Parse(given, CultureInfo.InvariantCulture)
        : (ulong)RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>The same for a law that has to wait for something.</summary>
    /// <inheritdoc cref="Holds{T}(Gen{T}, Action{T}, Func{T, string}, LawRun)"/>
    public static void HoldsAsync<T>(Gen<T> cases, Func<T, Task> law, Func<T, string>? describe = null, LawRun? run = null) =>
        Holds(cases, each => Task.Run(() => law(each)).GetAwaiter().GetResult(), describe, run);
}
