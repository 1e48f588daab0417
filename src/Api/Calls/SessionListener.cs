using System.Text.Json;
using VoiceOrdering.Identity;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Calls;

/// <summary>
/// Listens to the session of a live call, so that the model hears of what happens beside the conversation (cart changed by hand, order
/// submitted by click) and the call ends when the session is ended elsewhere. What the model did itself it knows already.
/// </summary>
internal sealed class SessionListener(IGrainFactory grains, CallContext context, CallBridge bridge) : ISessionObserver
{
    private const int LongestFact = 30_000;

    private ISessionObserver? _reference;

    /// <summary>Subscribes and renews until the bridge ends.</summary>
    public async Task RunAsync()
    {
        try
        {
            _reference = grains.CreateObjectReference<ISessionObserver>(this);
            while (!bridge.Completion.IsCompleted)
            {
                await RenewAsync();
                await Task.WhenAny(bridge.Completion, Task.Delay(ISessionGrain.ListenerLease / 2, context.Time));
            }

            await context.Grain.UnsubscribeAsync(_reference);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The call itself does not need it.
            context.Metrics.VoiceError("SESSION_LISTENER_FAILED");
            CallLog.ListenerFailed(context.Logger, exception);
        }
        finally
        {
            if (_reference is not null)
            {
                grains.DeleteObjectReference<ISessionObserver>(_reference);
            }
        }
    }

    /// <inheritdoc/>
    public Task OnEventAsync(SessionEvent sessionEvent)
    {
        switch (sessionEvent.Name)
        {
            case SessionEventNames.CartChanged when Read(sessionEvent, "cause") is { } cause and not "tool":
                bridge.Inform(Describe(cause, sessionEvent.DataJson));
                break;
            case SessionEventNames.Phase when Read(sessionEvent, "phase") == "ended":
                bridge.Stop(BridgeTrigger.SessionOver, "SESSION_ENDED");
                break;
            default:
                break;
        }

        return Task.CompletedTask;
    }

    private static string Describe(string cause, string cartJson)
    {
        string what = cause switch
        {
            "submit" => "The order was placed. The cart as ordered: ",
            "menu" => "The restaurant changed its menu. Lines with a notice cannot be ordered as they are: tell the customer and offer something else. The cart is now: ",
            _ => "The customer changed the cart on the screen. Do not change it back. The cart is now: ",
        };
        string fact = what + cartJson;
        return fact.Length <= LongestFact ? fact : "The cart was changed beside the conversation. Read it before you go on.";
    }

    private static string? Read(SessionEvent sessionEvent, string member)
    {
        using var data = JsonDocument.Parse(sessionEvent.DataJson);
        return data.RootElement.TryGetProperty(member, out JsonElement value) ? value.GetString() : null;
    }

    private async Task RenewAsync()
    {
        Outcome<EventBacklog> outcome = await context.Grain.SubscribeAsync(context.Caller, _reference!, long.MaxValue);
        if (!outcome.IsOk)
        {
            context.Metrics.VoiceError(outcome.Refusal.Code);
        }
    }
}
