using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.TestingHost;
using VoiceOrdering.Engine.Tests.Scheduling;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Invocation;

/// <summary>Time-outs, cancellation and overload, on a silo with small limits.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private readonly InProcessTestCluster _cluster = Build();

    private IGrainFactory Grains => _cluster.Client;

    public Task InitializeAsync() => _cluster.DeployAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task A_call_that_takes_too_long_times_out_at_its_caller()
    {
        var name = Gates.New("slow");

        var failure = await Should.ThrowAsync<TimeoutException>(() => Grains.GetGrain<ISlowGrain>(name).WaitAsync(name));

        failure.Message.ShouldContain(nameof(ISlowGrain.WaitAsync));
        Gates.Open(name);
    }

    [Fact]
    public async Task A_deadlock_is_a_time_out_that_names_the_chain()
    {
        var origin = Gates.New("origin");
        var far = Gates.New("far");

        var failure = await Should.ThrowAsync<TimeoutException>(() => Grains.GetGrain<IChainGrain>(origin).ThroughAsync(Grains.GetGrain<IChainGrain>(far), false));

        failure.Message.ShouldContain("Deadlock");
        failure.Message.ShouldContain(origin);
        failure.Message.ShouldContain(far);
        failure.Message.ShouldContain($"{nameof(IChainGrain)}.{nameof(IChainGrain.ThroughAsync)}");
        failure.Message.ShouldContain($"{nameof(IChainGrain)}.{nameof(IChainGrain.BackAsync)}");
    }

    [Fact]
    public async Task A_deadlock_of_calls_that_began_on_their_senders_threads_is_named_too()
    {
        // Both methods earn their place on their callers' threads first.
        await Task.Run(async () =>
        {
            for (var call = 0; call < 200; call++)
            {
                await Grains.GetGrain<ICircleGrain>("practice").RoundAsync(["practice-2", "practice-3"]);
            }
        });
        string[] circle = [Gates.New("first"), Gates.New("second"), Gates.New("third")];

        var failure = await Should.ThrowAsync<TimeoutException>(
            () => Task.Run(() => Grains.GetGrain<ICircleGrain>(circle[0]).RoundAsync([circle[1], circle[2], circle[0]])));

        failure.Message.ShouldContain("Deadlock");
        circle.ShouldAllBe(name => failure.Message.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_goes_through_a_chain_of_grains()
    {
        var name = Gates.New("far-cancel");
        using var cancel = new CancellationTokenSource();
        var call = Grains.GetGrain<ICircleGrain>(name + "-1").RoundCancellablyAsync([name + "-2", name + "-3"], name, cancel.Token);
        await Await.Of(Gates.Reached(name + "-begun"), "the last grain of the chain");

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
        await Await.Of(Gates.Reached(name + "-cancelled"), "the last grain to see the cancellation");
        (await Await.Of(Grains.GetGrain<ICircleGrain>(name + "-3").RoundAsync([]), "the last grain afterwards")).ShouldBe("");
    }

    [Fact]
    public async Task Cancellation_reaches_the_grain_and_frees_the_caller()
    {
        var name = Gates.New("cancel");
        using var cancel = new CancellationTokenSource();
        var call = Grains.GetGrain<ISlowGrain>(name).WaitForCancellationAsync(name, cancel.Token);
        await Await.Of(Gates.Reached(name + "-begun"), "the call to begin");

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
        (await Await.Of(Gates.Reached(name + "-cancelled"), "the grain to see the cancellation")).ShouldBe("in turn");
    }

    [Fact]
    public async Task A_call_with_a_cancelled_token_is_not_sent()
    {
        var name = Gates.New("unsent");

        await Should.ThrowAsync<OperationCanceledException>(() => Grains.GetGrain<ISlowGrain>(name).WaitForCancellationAsync(name, new CancellationToken(true)));

        Gates.Reached(name + "-begun").IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Calls_over_the_limit_are_refused_with_its_name_and_the_rest_are_served()
    {
        var name = Gates.New("full");
        var grain = Grains.GetGrain<ISlowGrain>(name);
        var running = grain.HoldAsync(name);
        await Await.Of(Gates.Reached(name + "-begun"), "the first call to begin");

        var waiting = Enumerable.Range(0, 10).Select(_ => grain.NothingAsync()).ToArray();
        var refused = await Should.ThrowAsync<LimitExceededException>(() => grain.NothingAsync());
        refused.Message.ShouldContain(nameof(SiloMessagingOptions.MaxEnqueuedRequestsHardLimit));

        Gates.Open(name);
        await Await.Of(Task.WhenAll([running, .. waiting]), "the calls within the limit");
    }

    [Fact]
    public async Task Nobody_waits_for_a_one_way_call()
    {
        var name = Gates.New("oneway");
        var grain = Grains.GetGrain<ISlowGrain>(name);

        await Await.Of(grain.TellAsync(name), "the one-way call to be sent");

        await Await.Of(Gates.Reached(name + "-begun"), "the one-way call to begin");
        Gates.Open(name);
    }

    private static InProcessTestCluster Build()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Configure<SiloMessagingOptions>(options =>
        {
            options.ResponseTimeout = TimeSpan.FromSeconds(2);
            options.MaxEnqueuedRequestsHardLimit = 10;
        }));
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(4)));
        return builder.Build();
    }
}

public interface ICircleGrain : IGrainWithStringKey
{
    [ResponseTimeout("00:00:01")]
    Task<string> RoundAsync(string[] next);

    Task<string> RoundCancellablyAsync(string[] next, string name, CancellationToken cancellationToken);
}

public sealed class CircleGrain : Grain, ICircleGrain
{
    public async Task<string> RoundAsync(string[] next) => next.Length == 0 ? "" : await GrainFactory.GetGrain<ICircleGrain>(next[0]).RoundAsync(next[1..]);

    public async Task<string> RoundCancellablyAsync(string[] next, string name, CancellationToken cancellationToken)
    {
        if (next.Length > 0)
        {
            return await GrainFactory.GetGrain<ICircleGrain>(next[0]).RoundCancellablyAsync(next[1..], name, cancellationToken);
        }

        Gates.Open(name + "-begun");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        finally
        {
            Gates.Open(name + "-cancelled");
        }

        return "";
    }
}

public interface ISlowGrain : IGrainWithStringKey
{
    [ResponseTimeout("00:00:00.300")]
    Task WaitAsync(string gate);

    [ResponseTimeout("00:01:00")]
    Task HoldAsync(string gate);

    [ResponseTimeout("00:01:00")]
    Task NothingAsync();

    Task WaitForCancellationAsync(string name, CancellationToken cancellationToken);

    [OneWay]
    Task TellAsync(string gate);
}

public sealed class SlowGrain : Grain, ISlowGrain
{
    public Task WaitAsync(string gate) => Gates.Reached(gate);

    public async Task HoldAsync(string gate)
    {
        Gates.Open(gate + "-begun");
        await Gates.Reached(gate);
    }

    public Task NothingAsync() => Task.CompletedTask;

    public async Task WaitForCancellationAsync(string name, CancellationToken cancellationToken)
    {
        var own = TaskScheduler.Current;
        var cancelled = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(() =>
        {
            Gates.Open(name + "-cancelled", TaskScheduler.Current == own ? "in turn" : "outside");
            cancelled.SetResult();
        });
        Gates.Open(name + "-begun");
        await cancelled.Task;
        cancellationToken.ThrowIfCancellationRequested();
    }

    public Task TellAsync(string gate)
    {
        Gates.Open(gate + "-begun");
        return Gates.Reached(gate);
    }
}
