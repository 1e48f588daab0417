namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>All that is needed to hear the sentences of one menu.</summary>
/// <param name="Mean">Mean cepstra over all voices.</param>
/// <param name="Variance">Variance of each dimension, the scale of distances.</param>
internal sealed record EarModel(Grammar Grammar, StateModels States, float[] Mean, float[] Variance);
