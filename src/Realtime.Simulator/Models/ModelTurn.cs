namespace VoiceOrdering.Realtime.Simulator.Models;

/// <summary>What an answer is made from.</summary>
/// <param name="ResponseId">The answer's id (<c>resp_…</c>).</param>
/// <param name="Items">The conversation in order, as the model may know it: truncated speech has lost its words.</param>
/// <param name="NewItems">The items added since the last finished answer, in order: the turn to react to.</param>
/// <param name="Configuration">The session's settings, with what this one answer overrides already applied.</param>
/// <param name="Instructions">Instructions given for this answer only; null when the session's apply.</param>
public sealed record ModelTurn(
    string ResponseId,
    IReadOnlyList<ModelItem> Items,
    IReadOnlyList<ModelItem> NewItems,
    ModelConfiguration Configuration,
    string? Instructions);
