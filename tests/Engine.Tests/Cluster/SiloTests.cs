using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.TestingHost;
using VoiceOrdering.Engine.Tests.Activation;
using VoiceOrdering.Engine.Tests.Invocation;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Cluster;

/// <summary>Silos that come and go.</summary>
public sealed class SiloTests
{
    [Fact]
    public async Task Grains_are_spread_over_silos_and_each_has_one_activation()
    {
        await using var cluster = await StartAsync(3);
        var management = cluster.Client.GetGrain<IManagementGrain>(0);

        await Await.Of(Task.WhenAll(Enumerable.Range(0, 90).Select(at => cluster.Client.GetGrain<ILifeGrain>($"spread-{at}").InstanceAsync())), "90 calls");

        var statistics = (await management.GetSimpleGrainStatistics()).Where(statistic => statistic.GrainType.EndsWith(nameof(LifeGrain), StringComparison.Ordinal)).ToArray();
        statistics.Length.ShouldBe(3);
        statistics.Sum(statistic => statistic.ActivationCount).ShouldBe(90);
    }

    [Fact]
    public async Task A_silo_that_stops_finishes_its_calls_and_hands_over_without_one_failure()
    {
        await using var cluster = await StartAsync(2);
        var stop = new CancellationTokenSource();
        var calls = 0;
        var isRunning = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var at = 0; !stop.IsCancellationRequested; at++)
            {
                (await cluster.Client.GetGrain<ICalculatorGrain>($"load-{worker}-{at % 20}").AddAsync(at, 1)).ShouldBe(at + 1);
                if (Interlocked.Increment(ref calls) == 1000)
                {
                    isRunning.SetResult();
                }
            }
        })).ToArray();

        await Await.Of(isRunning.Task, "a thousand calls before the silo stops");
        await cluster.StopSiloAsync(cluster.Silos[0]);
        await cluster.Client.GetGrain<ICalculatorGrain>("after").AddAsync(1, 1);
        await stop.CancelAsync();

        await Await.Of(Task.WhenAll(load), "the load");
    }

    [Fact]
    public async Task Calls_in_flight_on_a_killed_silo_fail_at_once_and_fresh_ones_are_served_elsewhere()
    {
        await using var cluster = await StartAsync(2);
        var names = Enumerable.Range(0, 20).Select(_ => Gates.New("inflight")).ToArray();
        var calls = names.Select(name => cluster.Client.GetGrain<ILifeGrain>(name).LeaveThenWaitAsync(name)).ToArray();
        foreach (var name in names)
        {
            await Await.Of(Gates.Reached(name + "-begun"), name);
        }

        await cluster.KillSiloAsync(cluster.Silos[0]);
        foreach (var name in names)
        {
            Gates.Open(name);
        }

        var failed = 0;
        foreach (var call in calls)
        {
            try
            {
                await Await.Of(call, "a call in flight");
            }
            catch (SiloUnavailableException)
            {
                failed++;
            }
        }

        failed.ShouldBeInRange(1, 19);
        await Await.Of(Task.WhenAll(names.Select(name => cluster.Client.GetGrain<ILifeGrain>(name).InstanceAsync())), "fresh calls to the same grains");
    }

    [Fact]
    public async Task A_silo_that_stops_deactivates_every_grain()
    {
        var cluster = await StartAsync(1);
        var names = Enumerable.Range(0, 30).Select(_ => Gates.New("stopped")).ToArray();
        await Task.WhenAll(names.Select(name => cluster.Client.GetGrain<ILifeGrain>(name).InstanceAsync()));

        await cluster.DisposeAsync();

        foreach (var name in names)
        {
            (await Await.Of(Gates.Reached(name + "-gone"), name)).ShouldBe(nameof(DeactivationReasonCode.ShuttingDown));
        }
    }

    [Fact]
    public async Task A_host_starts_a_silo_runs_start_up_tasks_and_serves_grains()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var ran = "";
        builder.UseOrleans(silo => silo.UseLocalhostClustering().AddMemoryGrainStorageAsDefault().AddStartupTask(async (services, _) =>
            ran = (await services.GetRequiredService<IGrainFactory>().GetGrain<ICalculatorGrain>("start").AddAsync(1, 2)).ToString()));
        using var host = builder.Build();
        await host.StartAsync();

        ran.ShouldBe("3");
        (await host.Services.GetRequiredService<IClusterClient>().GetGrain<ICalculatorGrain>("hosted").AddAsync(2, 2)).ShouldBe(4);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_cluster_configured_by_types_works_too()
    {
        var builder = new TestClusterBuilder(1);
        builder.AddSiloBuilderConfigurator<Configurator>();
        var cluster = builder.Build();
        await cluster.DeployAsync();

        (await cluster.GrainFactory.GetGrain<ICalculatorGrain>("typed").AddAsync(20, 1)).ShouldBe(21);
        await cluster.StopAllSilosAsync();
        await cluster.DisposeAsync();
    }

    private static async Task<InProcessTestCluster> StartAsync(short silos)
    {
        var cluster = new InProcessTestClusterBuilder(silos).ConfigureSilo((_, silo) => silo.AddMemoryGrainStorageAsDefault()).Build();
        await cluster.DeployAsync();
        return cluster;
    }

    public sealed class Configurator : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => siloBuilder.AddMemoryGrainStorageAsDefault();
    }
}
