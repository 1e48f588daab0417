using Orleans.TestingHost;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Invocation;

/// <summary>Values that flow with calls, and filters around them.</summary>
public sealed class ContextTests : IAsyncLifetime
{
    private readonly InProcessTestCluster _cluster = Build();

    public Task InitializeAsync() => _cluster.DeployAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Values_flow_to_the_grain_and_on_to_what_it_calls_but_not_back()
    {
        var grain = _cluster.Client.GetGrain<IFlowGrain>("flow");
        RequestContext.Set("id", "42");

        (await grain.ReadThroughAsync(_cluster.Client.GetGrain<IFlowGrain>("next"))).ShouldBe("42 42");
        await Task.Run(async () =>
        {
            for (var call = 0; call < 500; call++)
            {
                (await grain.ReadAsync()).ShouldBe("42");
                await grain.SetAsync("changed");
                RequestContext.Get("id").ShouldBe("42");
            }
        });

        RequestContext.Clear();
        (await grain.ReadAsync()).ShouldBe("none");
    }

    [Fact]
    public async Task Filters_run_in_order_on_both_sides_and_can_change_what_passes()
    {
        var grain = _cluster.Client.GetGrain<IFilteredGrain>("filtered");

        (await grain.TraceAsync("start")).ShouldBe("start>out1>out2>in1>in2>own!");
    }

    [Fact]
    public async Task A_filter_sees_the_failure_and_can_replace_it()
    {
        var failure = await Should.ThrowAsync<ArgumentException>(() => _cluster.Client.GetGrain<IFilteredGrain>("fails").FailAsync());

        failure.Message.ShouldBe("replaced");
    }

    private static InProcessTestCluster Build()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo
            .AddIncomingGrainCallFilter(context => AppendAsync(context, ">in1"))
            .AddIncomingGrainCallFilter(async context =>
            {
                Append(context, ">in2");
                try
                {
                    await context.Invoke();
                }
                catch (InvalidOperationException)
                {
                    throw new ArgumentException("replaced");
                }

                if (context.Result is string text && text.EndsWith(">own", StringComparison.Ordinal))
                {
                    context.Result = text + "!";
                }
            }));
        builder.ConfigureClient(client => client
            .AddOutgoingGrainCallFilter(context => AppendAsync(context, ">out1"))
            .AddOutgoingGrainCallFilter(context => AppendAsync(context, ">out2")));
        return builder.Build();
    }

    private static Task AppendAsync(IGrainCallContext context, string text)
    {
        Append(context, text);
        return context.Invoke();
    }

    private static void Append(IGrainCallContext context, string text)
    {
        if (context.MethodName == nameof(IFilteredGrain.TraceAsync))
        {
            context.Request.SetArgument(0, (string)context.Request.GetArgument(0)! + text);
        }
    }
}

public interface IFlowGrain : IGrainWithStringKey
{
    Task<string> ReadAsync();

    Task<string> ReadThroughAsync(IFlowGrain next);

    Task SetAsync(string value);
}

public sealed class FlowGrain : Grain, IFlowGrain
{
    public Task<string> ReadAsync() => Task.FromResult((string?)RequestContext.Get("id") ?? "none");

    public async Task<string> ReadThroughAsync(IFlowGrain next)
    {
        await Task.Yield();
        var own = RequestContext.Get("id");
        return $"{own} {await next.ReadAsync()}";
    }

    public Task SetAsync(string value)
    {
        RequestContext.Set("id", value);
        return Task.CompletedTask;
    }
}

public interface IFilteredGrain : IGrainWithStringKey
{
    Task<string> TraceAsync(string text);

    Task FailAsync();
}

public sealed class FilteredGrain : Grain, IFilteredGrain, IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        context.ImplementationMethod.DeclaringType.ShouldBe(typeof(FilteredGrain));
        if (context.MethodName == nameof(TraceAsync))
        {
            context.Request.SetArgument(0, (string)context.Request.GetArgument(0)! + ">own");
        }

        await context.Invoke();
    }

    public Task<string> TraceAsync(string text) => Task.FromResult(text);

    public Task FailAsync() => throw new InvalidOperationException("original");
}
