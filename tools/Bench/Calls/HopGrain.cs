using System.Globalization;
using System.Text.Json;
using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Bench.Calls;

/// <summary>A session grain in memory that notes how old each relayed word is: the word itself is the timestamp at which the provider said it.</summary>
internal sealed class HopGrain(TimeProvider time, List<double> hopsUs) : ISessionGrain
{
    public Task RelayAsync(string bridgeId, string eventName, string dataJson)
    {
        if (eventName == SessionEventNames.TranscriptDelta)
        {
            using var data = JsonDocument.Parse(dataJson);
            long saidAt = long.Parse(data.RootElement.GetProperty("delta").GetString()!, CultureInfo.InvariantCulture);
            lock (hopsUs)
            {
                hopsUs.Add(time.GetElapsedTime(saidAt).TotalMicroseconds);
            }
        }

        return Task.CompletedTask;
    }

    public Task<Outcome<SessionPhaseView>> SignalAsync(string bridgeId, SessionSignal signal, string reason) =>
        Task.FromResult<Outcome<SessionPhaseView>>(new SessionPhaseView(SessionPhase.Active));

    public Task RecordTurnAsync(string bridgeId, TurnRecord turn) => Task.CompletedTask;

    public Task PublishAsync(string bridgeId, string eventName, string dataJson) => Task.CompletedTask;

    public Task EndAsync(Caller caller, string reason) => Task.CompletedTask;

    public Task<Outcome<ModelBrief>> AttachAsync(Caller caller, AttachBridge command) => throw new NotSupportedException();

    public Task<ToolAnswer> ExecuteToolAsync(string bridgeId, ToolCall call) => throw new NotSupportedException();

    public Task<Outcome<SessionOpened>> OpenAsync(Caller caller, OpenSession command) => throw new NotSupportedException();

    public Task<Outcome<SessionView>> ViewAsync(Caller caller) => throw new NotSupportedException();

    public Task<Outcome<SessionView>> ResumeAsync(Caller caller, string resumeToken) => throw new NotSupportedException();

    public Task CartChangedAsync(CartView cart, string cause) => throw new NotSupportedException();

    public Task OrderPlacedAsync(OrderView order) => throw new NotSupportedException();

    public Task<Outcome<EventBacklog>> SubscribeAsync(Caller caller, ISessionObserver listener, long afterSequence) => throw new NotSupportedException();

    public Task UnsubscribeAsync(ISessionObserver listener) => throw new NotSupportedException();
}
