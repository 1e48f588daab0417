namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>A sentence that may have been said.</summary>
/// <param name="EndFrames">Last frame of each word, silence behind it included.</param>
/// <param name="Behind">How much less likely than the best, in log likelihood.</param>
/// <param name="ScorePerFrame">Log likelihood a frame.</param>
internal sealed record Hypothesis(string Text, int[] EndFrames, float Behind, float ScorePerFrame);
