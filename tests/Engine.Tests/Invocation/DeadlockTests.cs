using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using VoiceOrdering.Engine.Tests.Support;
using VoiceOrdering.TestKit.Time;

namespace VoiceOrdering.Engine.Tests.Invocation;

/// <summary>Many deadlocks whose time is over at the same moment: the end of one call resumes another while the rest is still being explained.</summary>
public sealed class DeadlockTests : IAsyncLifetime
{
    private const int Circles = 200;
    private readonly ManualTimeProvider _time = new();
    private readonly InProcessTestCluster _cluster;

    public DeadlockTests() => _cluster = Build(_time);

    public Task InitializeAsync() => _cluster.DeployAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Every_caller_is_told_the_chain_whatever_order_the_calls_end_in()
    {
        var circles = Enumerable.Range(0, Circles).Select(_ => new[] { Gates.New("first"), Gates.New("second"), Gates.New("third") }).ToArray();
        var calls = circles
            .Select(circle => Task.Run(() => _cluster.Client.GetGrain<IKnotGrain>(circle[0]).RoundAsync([circle[1], circle[2], circle[0]])))
            .ToArray();
        await Await.Of(Task.WhenAll(circles.Select(circle => Gates.Reached(circle[0] + "-closed"))), "all circles to close");

        _time.Advance(TimeSpan.FromSeconds(31));

        foreach (var (circle, call) in circles.Zip(calls))
        {
            var failure = await Should.ThrowAsync<TimeoutException>(() => Await.Of(call, "the caller of a circle"));
            failure.Message.ShouldContain("Deadlock");
            circle.ShouldAllBe(name => failure.Message.Contains(name, StringComparison.Ordinal));
        }
    }

    private static InProcessTestCluster Build(TimeProvider time)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services.AddSingleton(time));
        return builder.Build();
    }
}

public interface IKnotGrain : IGrainWithStringKey
{
    Task RoundAsync(string[] next);
}

public sealed class KnotGrain : Grain, IKnotGrain
{
    public async Task RoundAsync(string[] next)
    {
        var call = GrainFactory.GetGrain<IKnotGrain>(next[0]).RoundAsync(next[1..]);
        if (next.Length == 1)
        {
            Gates.Open(next[0] + "-closed");
        }

        await call;
    }
}
