using System.Reflection;
using System.Runtime.ExceptionServices;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;
using OrleansEmbedded.Activation;
using OrleansEmbedded.Scheduling;

namespace OrleansEmbedded.Invocation;

/// <summary>Runs a call through the silo's incoming filters, then the grain's own, then the method.</summary>
internal static class IncomingFilters
{
    public static async Task<TResult> InvokeAsync<TResult>(ResultCall<TResult> call, TurnQueue queue, object instance)
    {
        var context = new IncomingCall(call, (GrainActivation)queue, instance, async () => Response.FromResult(await call.ExecuteNow(instance)));
        await context.Invoke();
        return context.Response is { } response ? response.GetResult<TResult>() : default!;
    }

    public static async Task InvokeAsync(PlainCall call, TurnQueue queue, object instance)
    {
        var context = new IncomingCall(call, (GrainActivation)queue, instance, async () =>
        {
            await call.ExecuteNow(instance);
            return Response.Completed;
        });
        await context.Invoke();
        if (context.Response?.Exception is { } failure)
        {
            ExceptionDispatchInfo.Capture(failure).Throw();
        }
    }

    private sealed class IncomingCall(GrainCall call, GrainActivation activation, object instance, Func<Task<Response>> method)
        : FilteredCall(call), IIncomingGrainCallContext
    {
        private int _next;

        public IGrainContext TargetContext => activation;

        public MethodInfo ImplementationMethod => ImplementationMethods.Find(instance.GetType(), Call.Method.Method);

        public override object Grain => instance;

        public override async Task Invoke()
        {
            var filters = activation.Silo.IncomingFilters;
            var at = _next++;
            if (at < filters.Length)
            {
                await filters[at].Invoke(this);
            }
            else if (at == filters.Length && instance is IIncomingGrainCallFilter own)
            {
                await own.Invoke(this);
            }
            else
            {
                Response = await method();
            }
        }
    }
}
