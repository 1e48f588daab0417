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

        failure.Message.ShouldContain("ThroughAsync");
        var innermost = failure.Message.Contains("Deadlock", StringComparison.Ordinal) ? failure.Message : "";
        if (innermost.Length > 0)
        {
            innermost.ShouldContain(origin);
            innermost.ShouldContain(far);
        }
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
