using Orleans.TestingHost;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Invocation;

/// <summary>Which calls filters see: every one, however quick it has become, and on the side that makes it.</summary>
public sealed class FilterReachTests
{
    [Fact]
    public async Task Filters_of_a_silo_see_every_call_also_when_a_method_has_become_quick()
    {
        var seen = 0;
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.AddIncomingGrainCallFilter(context =>
        {
            Interlocked.Increment(ref seen);
            return context.Invoke();
        }));
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        var grain = cluster.Client.GetGrain<ICalculatorGrain>("quick");

        await Await.Of(
            Task.Run(async () =>
            {
                for (var call = 0; call < 500; call++)
                {
                    await grain.AddAsync(call, 1);
                }
            }),
            "500 calls");

        seen.ShouldBe(500);
    }

    [Fact]
    public async Task A_grain_that_calls_a_reference_it_was_given_calls_with_the_filters_of_its_silo()
    {
        var ofSilo = 0;
        var ofClient = 0;
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.AddOutgoingGrainCallFilter(context =>
        {
            Interlocked.Increment(ref ofSilo);
            return context.Invoke();
        }));
        builder.ConfigureClient(client => client.AddOutgoingGrainCallFilter(context =>
        {
            Interlocked.Increment(ref ofClient);
            return context.Invoke();
        }));
        await using var cluster = builder.Build();
        await cluster.DeployAsync();

        // The reference is made by the client; the grain that gets it makes two calls with it.
        await cluster.Client.GetGrain<ICalculatorGrain>("one").AddThroughAsync(cluster.Client.GetGrain<ICalculatorGrain>("other"), 1, 2);

        ofClient.ShouldBe(1);
        ofSilo.ShouldBe(2);
    }
}
