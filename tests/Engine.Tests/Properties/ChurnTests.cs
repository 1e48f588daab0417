using VoiceOrdering.Engine.Tests.Activation;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Properties;

[Collection(EngineCollection.Name)]
public sealed class ChurnTests(EngineFixture engine)
{
    private const int Grains = 10_000;

    [Fact]
    public async Task Ten_thousand_activations_come_and_go_and_leave_nothing_behind()
    {
        var management = engine.Grains.GetGrain<IManagementGrain>(0);
        var before = await management.GetTotalActivationCount();
        var contexts = new WeakReference[100];

        var deactivated = await ChurnAsync(contexts);

        await Await.Of(deactivated, "all grains to go");
        (await management.GetTotalActivationCount()).ShouldBeLessThan(before + 500);
        for (var round = 0; round < 5 && contexts.Any(context => context.IsAlive); round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        contexts.Count(context => context.IsAlive).ShouldBeLessThan(5);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private async Task<Task> ChurnAsync(WeakReference[] contexts)
    {
        var names = Enumerable.Range(0, Grains).Select(_ => Gates.New("churn")).ToArray();
        await Await.Of(Task.WhenAll(names.Select(name => engine.Grains.GetGrain<ILifeGrain>(name).InstanceAsync())), "10,000 activations");
        for (var at = 0; at < contexts.Length; at++)
        {
            engine.Cluster.TryGetGrainContext(engine.Grains.GetGrain<ILifeGrain>(names[at * 100]).GetGrainId(), out var context).ShouldBeTrue();
            contexts[at] = new WeakReference(context);
        }

        await Task.WhenAll(names.Select(name => engine.Grains.GetGrain<ILifeGrain>(name).LeaveAsync()));
        return Task.WhenAll(names.Select(name => Gates.Reached(name + "-gone")));
    }
}
