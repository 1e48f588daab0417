using System.Runtime.CompilerServices;
using VoiceOrdering.Realtime.Simulator.Ear;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>
/// A rule-based ordering agent that stands where a language model would: it knows the session's instructions and tools, hears or reads
/// the caller, and drives the order with function calls. What it does when is <see cref="ConversationTable"/>.
/// </summary>
internal sealed class OrderingAgent(IEar? ear) : ISimulatedModel
{
    private readonly AgentConversation _conversation = new();
    private ModelConfiguration _configuration = new();

    public void Configure(ModelConfiguration configuration)
    {
        _configuration = configuration;
        _conversation.Configure(configuration);
        (ear as SpeechEar)?.Prepare(configuration);
    }

    public Task<Hearing> HearAsync(UserAudio audio, CancellationToken cancellationToken) => ear is null
        ? Task.FromResult(Hearing.Failed("No speech synthesizer is installed here, so spoken words cannot be understood. Please type."))
        : ear.HearAsync(audio, _configuration, cancellationToken);

    public async IAsyncEnumerable<ModelAction> RespondAsync(ModelTurn turn, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var action in _conversation.Respond(turn))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return action;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
