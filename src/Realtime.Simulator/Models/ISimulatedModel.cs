namespace VoiceOrdering.Realtime.Simulator.Models;

/// <summary>
/// The brain behind one simulated session. The server speaks the protocol (events, audio, usage, interruption); the brain
/// only hears, decides and words. <see cref="Configure"/> and <see cref="RespondAsync"/> never run at the same time;
/// <see cref="HearAsync"/> may run while an earlier answer is still being made.
/// </summary>
public interface ISimulatedModel : IAsyncDisposable
{
    /// <summary>Takes the session's instructions and tools; called at start and after every <c>session.update</c>. Must return at once.</summary>
    void Configure(ModelConfiguration configuration);

    /// <summary>
    /// Hears one committed turn; called once per item, in order, right after the commit and whether or not an answer follows.
    /// The result feeds the transcription events and is then part of the item in <see cref="ModelTurn.Items"/>.
    /// </summary>
    Task<Hearing> HearAsync(UserAudio audio, CancellationToken cancellationToken);

    /// <summary>
    /// Makes one answer from the conversation so far. Each action is performed as it comes, so say whole sentences one by one.
    /// Consecutive <see cref="ModelAction.Say"/> are one spoken message; every <see cref="ModelAction.CallFunction"/> is an item of its own, after which
    /// the client sends the output and asks for the next answer. Cancelled when the caller interrupts or the client cancels.
    /// An exception ends the answer as failed (<c>server_error</c>).
    /// </summary>
    IAsyncEnumerable<ModelAction> RespondAsync(ModelTurn turn, CancellationToken cancellationToken);
}
