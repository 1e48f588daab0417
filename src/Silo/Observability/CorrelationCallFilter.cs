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
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        Correlation.RequestId ??= ids.NewId("req_");
        return context.Invoke();
    }

    public Task Invoke(IIncomingGrainCallContext context)
    {
        Correlation.RequestId ??= ids.NewId("req_");
        if (context.Grain is ISessionGrain or ICartGrain)
        {
            Correlation.SessionId = context.TargetId.Key.ToString();
        }
        return context.Invoke();
    }
}
