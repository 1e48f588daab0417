using Microsoft.Extensions.Logging;
using VoiceOrdering.Flags;
using VoiceOrdering.Grains.Telemetry;

namespace VoiceOrdering.Grains.Flags;

/// <summary>Keeps the flags' rules; deciding is the evaluator's part.</summary>
internal sealed class FlagsGrain(
    [PersistentState("flags")] IPersistentState<FlagsState> flags, Limits limits, TimeProvider time, OrderingMetrics metrics, ILogger<FlagsGrain> log) : Grain, IFlagsGrain
{
    private FlagsState State => flags.State;

    public Task<FlagsView> ViewAsync() => Task.FromResult(View());

    public async Task<Outcome<FlagsView>> ChangeAsync(FlagRule rule, long expectedVersion, string changedBy)
    {
        if (FlagDefaults.Rules.All(known => known.Name != rule.Name)) return metrics.Refused(Refusals.FlagUnknown(FlagDefaults.Rules.Select(known => known.Name).ToArray()));
        if (FaultOf(rule) is { } fault) return metrics.Refused(Refusals.FlagInvalid(fault));
        if (expectedVersion != State.Version) return metrics.Refused(Refusals.FlagsVersionConflict());
        var before = View().Flags.First(known => known.Name == rule.Name);
        var after = rule with { Users = Sorted(rule.Users), Restaurants = Sorted(rule.Restaurants) };
        if (IsSame(before, after)) return View();
        var change = new FlagChange(State.Version + 1, time.GetUtcNow(), changedBy, before, after);
        await flags.ReplaceAsync(new FlagsState
        {
            Version = change.Version,
            Rules = State.Rules.Where(other => other.Name != rule.Name).Append(after).ToArray(),
            History = State.History.Append(change).TakeLast(limits.FlagHistory).ToArray(),
        });
        log.LogInformation("Flag {Flag} was changed to {Enabled}, {Percentage} % by {ChangedBy}", after.Name, after.Enabled, after.Percentage, changedBy);
        return View();
    }

    public Task<IReadOnlyList<FlagChange>> HistoryAsync() => Task.FromResult<IReadOnlyList<FlagChange>>(State.History.Reverse().ToArray());

    private FlagsView View() =>
        new(State.Version, FlagDefaults.Rules.Select(rule => State.Rules.FirstOrDefault(changed => changed.Name == rule.Name) ?? rule).ToArray());

    private string? FaultOf(FlagRule rule)
    {
        if (rule.Percentage is < 0 or > 100) return "the percentage is 0 to 100";
        if (rule.Users.Count + rule.Restaurants.Count > limits.FlagTargets) return $"at most {limits.FlagTargets} users and restaurants can be named";
        return rule.Users.Concat(rule.Restaurants).Any(name => name is not { Length: > 0 and <= 128 }) ? "a user or restaurant has 1 to 128 characters" : null;
    }

    private static string[] Sorted(IReadOnlyList<string> names) => names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();

    private static bool IsSame(FlagRule one, FlagRule other) => one.Enabled == other.Enabled && one.Percentage == other.Percentage
        && one.Users.SequenceEqual(other.Users, StringComparer.Ordinal) && one.Restaurants.SequenceEqual(other.Restaurants, StringComparer.Ordinal);
}
