using VoiceOrdering.Flags;
using VoiceOrdering.Grains.Tests.Cluster;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Tests.Flags;

public sealed class FlagsGrainTests(OrderingCluster cluster) : IClassFixture<OrderingCluster>
{
    private static readonly string[] s_pronto = ["pronto"];

    [Fact]
    public async Task A_change_is_kept_with_who_when_before_and_after()
    {
        var flags = cluster.Client.GetGrain<IFlagsGrain>("kept");
        var start = await flags.ViewAsync();
        (start.Version, start.Flags.Count).ShouldBe((0, 5));
        start.Flags.Where(rule => rule.Enabled).ShouldAllBe(rule => rule.Percentage == 100);

        var rule = new FlagRule(FlagNames.MatchThreshold075, true, 25, Array.Empty<string>(), s_pronto);
        (await flags.ChangeAsync(rule, 0, "ops-1")).Value!.Version.ShouldBe(1);
        (await flags.ChangeAsync(rule, 1, "ops-2")).Value!.Version.ShouldBe(1, "the same rule again is no change");
        await cluster.DeactivateAsync(flags);

        (await flags.ViewAsync()).Flags.Single(known => known.Name == rule.Name).Percentage.ShouldBe(25);
        var change = (await flags.HistoryAsync()).ShouldHaveSingleItem();
        (change.By, change.Version, change.Before.Percentage, change.After.Percentage).ShouldBe(("ops-1", 1, 100, 25));
        change.After.Restaurants.ShouldBe(s_pronto);
    }

    [Fact]
    public async Task Unknown_names_wrong_rules_and_lost_races_are_refused()
    {
        var flags = cluster.Client.GetGrain<IFlagsGrain>("refused");
        (await flags.ChangeAsync(Rule("NO_SUCH", 1), 0, "ops")).Refusal!.Code.ShouldBe("FLAG_UNKNOWN");
        (await flags.ChangeAsync(Rule(FlagNames.IdempotencyEnabled, 101), 0, "ops")).Refusal!.Code.ShouldBe("FLAG_INVALID");
        (await flags.ChangeAsync(Rule(FlagNames.IdempotencyEnabled, -1), 0, "ops")).Refusal!.Code.ShouldBe("FLAG_INVALID");
        var crowd = Enumerable.Range(0, new Limits().FlagTargets + 1).Select(user => $"user-{user}").ToArray();
        (await flags.ChangeAsync(Rule(FlagNames.IdempotencyEnabled, 1) with { Users = crowd }, 0, "ops")).Refusal!.Code.ShouldBe("FLAG_INVALID");
        (await flags.ChangeAsync(Rule(FlagNames.IdempotencyEnabled, 1), 3, "ops")).Refusal!.Code.ShouldBe("FLAGS_VERSION_CONFLICT");
        (await flags.ViewAsync()).Version.ShouldBe(0);
        (await flags.HistoryAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_keeps_what_was_decided_when_it_was_opened()
    {
        var caller = OrderingCluster.Caller(OrderingCluster.Harbor);
        var session = cluster.Client.GetGrain<ISessionGrain>("flagged");
        var opened = await session.OpenAsync(caller, new OpenSession("web", null) { FlagOverrides = new[] { new FlagOverride(FlagNames.MatchThreshold075, false) } });
        opened.Value!.Session.Flags.ShouldBe([FlagNames.IdempotencyEnabled]);
        await cluster.DeactivateAsync(session);
        (await session.ViewAsync(caller)).Value!.Flags.ShouldBe([FlagNames.IdempotencyEnabled]);

        var other = cluster.Client.GetGrain<ISessionGrain>("wrongly-flagged");
        (await other.OpenAsync(caller, new OpenSession("web", null) { FlagOverrides = new[] { new FlagOverride("NO_SUCH", true) } })).Refusal!.Code.ShouldBe("FLAG_UNKNOWN");
    }

    private static FlagRule Rule(string name, int percentage) => new(name, true, percentage, Array.Empty<string>(), Array.Empty<string>());
}
