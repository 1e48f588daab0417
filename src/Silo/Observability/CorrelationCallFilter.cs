using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Silo.Observability;

/// <summary>
/// Gives work that nobody asked for over HTTP (timers, reminders, start-up) a request id of its own, and names the session from the
/// key of the grain that is called, so that every line of a session carries its id whoever called.
/// </summary>
internal sealed class CorrelationCallFilter(IIdSource ids) : IOutgoingGrainCallFilter, IIncomingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context) => Correlation.RequestId is null ? WithOwnIdAsync(context) : context.Invoke();

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.Grain is ISessionGrain or ICartGrain)
        {
            return OfSessionAsync(context, context.TargetId.Key.ToString()!);
        }
        return Correlation.RequestId is null ? WithOwnIdAsync(context) : context.Invoke();
    }

    // Async methods, so that what they set ends with the call and never reaches the caller's later work.
    private async Task WithOwnIdAsync(IGrainCallContext context)
    {
        Correlation.RequestId = ids.NewId("req_");
        await context.Invoke();
    }

    private async Task OfSessionAsync(IGrainCallContext context, string session)
    {
        Correlation.RequestId ??= ids.NewId("req_");
        Correlation.SessionId = session;
        await context.Invoke();
    }
}
