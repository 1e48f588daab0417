using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using VoiceOrdering.Engine.Tests.Support;
using VoiceOrdering.TestKit.Time;

namespace VoiceOrdering.Engine.Tests.Invocation;

/// <summary>However a sequence ends for its caller, it ends at the grain too.</summary>
public sealed class SequenceEndTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly InProcessTestCluster _cluster;

    public SequenceEndTests() => _cluster = Build(_time);

    public Task InitializeAsync() => _cluster.DeployAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task A_sequence_may_be_silent_for_longer_than_a_call_may_take()
    {
        var name = Gates.New("silent");
        var grain = _cluster.Client.GetGrain<IEndingGrain>(name);
        await using var items = grain.AfterGateAsync(name, default).GetAsyncEnumerator();
        var first = items.MoveNextAsync().AsTask();

        // Five times half as long as a call may take; each time the caller is told that there is nothing yet, and asks again.
        for (var request = 1; request <= 5; request++)
        {
            await Await.Of(Gates.Reached($"{name}-asked-{request}"), $"request {request} of the caller");
            await grain.PingAsync();
            _time.Advance(TimeSpan.FromSeconds(15));
        }

        first.IsCompleted.ShouldBeFalse();
        Gates.Open(name);
        (await Await.Of(first, "the first item")).ShouldBeTrue();
        items.Current.ShouldBe(1);
        (await items.MoveNextAsync()).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_caller_that_cancels_before_the_first_item_ends_the_sequence_at_the_grain(bool isTokenOfTheCall)
    {
        var name = Gates.New("cancelled");
        using var cancel = new CancellationTokenSource();
        var sequence = isTokenOfTheCall
            ? _cluster.Client.GetGrain<IEndingGrain>(name).UntilCancelledAsync(name, cancel.Token)
            : _cluster.Client.GetGrain<IEndingGrain>(name).UntilCancelledAsync(name, default);
        var reading = Task.Run(async () =>
        {
            await foreach (var item in sequence.WithCancellation(isTokenOfTheCall ? default : cancel.Token))
            {
                item.ShouldBe(0);
            }
        });
        await Await.Of(Gates.Reached(name + "-begun"), "the sequence to begin");

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Await.Of(reading, "the caller"));
        (await Await.Of(Gates.Reached(name + "-ended"), "the iterator's finally")).ShouldBe("in turn");
    }

    [Fact]
    public async Task A_sequence_that_is_left_open_ends_when_its_grain_is_deactivated()
    {
        var name = Gates.New("left");
        var grain = _cluster.Client.GetGrain<IEndingGrain>(name);
        var items = grain.UntilCancelledAsync(name, default).GetAsyncEnumerator();
        _ = items.MoveNextAsync().AsTask().ContinueWith(task => task.Exception, TaskScheduler.Default);
        await Await.Of(Gates.Reached(name + "-begun"), "the sequence to begin");

        await Await.Of(_cluster.DeactivateAsync(grain), "deactivation");

        await Await.Of(Gates.Reached(name + "-ended"), "the iterator's finally");
        await items.DisposeAsync();
    }

    [Fact]
    public async Task A_sequence_whose_caller_is_gone_without_a_word_is_dropped_when_the_next_one_begins()
    {
        var name = Gates.New("forgotten");
        var grain = _cluster.Client.GetGrain<IEndingGrain>(name);
        var items = grain.EndlessAsync(name).GetAsyncEnumerator();
        (await items.MoveNextAsync()).ShouldBeTrue();

        // Twice as long as a call may take nobody asks for more.
        _time.Advance(TimeSpan.FromSeconds(61));

        await foreach (var item in grain.EndlessAsync(name + "-next"))
        {
            item.ShouldBe(0);
            break;
        }

        await Await.Of(Gates.Reached(name + "-ended"), "the forgotten sequence to end");
        await Should.ThrowAsync<EnumerationAbortedException>(async () =>
        {
            for (var item = 0; item < 1000; item++)
            {
                await items.MoveNextAsync();
            }
        });
        await items.DisposeAsync();
    }

    [Fact]
    public async Task Two_enumerations_of_one_sequence_are_two()
    {
        var name = Gates.New("twice");
        var sequence = _cluster.Client.GetGrain<IEndingGrain>(name).EndlessAsync(name);
        await using var first = sequence.GetAsyncEnumerator();
        await using var second = sequence.GetAsyncEnumerator();

        for (var item = 0; item < 300; item++)
        {
            (await first.MoveNextAsync()).ShouldBeTrue();
            first.Current.ShouldBe(item);
        }

        (await second.MoveNextAsync()).ShouldBeTrue();
        second.Current.ShouldBe(0);
    }

    private static InProcessTestCluster Build(TimeProvider time)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo
            .ConfigureServices(services => services.AddSingleton(time))
            .AddIncomingGrainCallFilter(context =>
            {
                EndingGrain.CountRequest(context.TargetId.Key.ToString()!, context.MethodName);
                return context.Invoke();
            }));
        builder.ConfigureClient(client => client.ConfigureServices(services => services.AddSingleton(time)));
        return builder.Build();
    }
}

public interface IEndingGrain : IGrainWithStringKey
{
    IAsyncEnumerable<int> AfterGateAsync(string gate, CancellationToken cancellationToken);

    IAsyncEnumerable<int> UntilCancelledAsync(string name, CancellationToken cancellationToken);

    IAsyncEnumerable<int> EndlessAsync(string name);

    Task PingAsync();
}

public sealed class EndingGrain : Grain, IEndingGrain
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> Requests = new(StringComparer.Ordinal);

    public static void CountRequest(string grain, string method)
    {
        if (method == nameof(AfterGateAsync))
        {
            Gates.Open($"{grain}-asked-{Requests.AddOrUpdate(grain, 1, (_, count) => count + 1)}");
        }
    }

    public async IAsyncEnumerable<int> AfterGateAsync(string gate, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Gates.Open(gate + "-begun");
        await Gates.Reached(gate).WaitAsync(cancellationToken);
        yield return 1;
    }

    public async IAsyncEnumerable<int> UntilCancelledAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var own = TaskScheduler.Current;
        try
        {
            Gates.Open(name + "-begun");
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            yield return 1;
        }
        finally
        {
            Gates.Open(name + "-ended", TaskScheduler.Current == own ? "in turn" : "outside");
        }
    }

    public async IAsyncEnumerable<int> EndlessAsync(string name)
    {
        try
        {
            for (var item = 0; ; item++)
            {
                yield return item;
                await Task.Yield();
            }
        }
        finally
        {
            Gates.Open(name + "-ended");
        }
    }

    public Task PingAsync() => Task.CompletedTask;
}
