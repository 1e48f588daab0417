namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Spoken training material: features and the words in order.</summary>
internal sealed record TrainingUtterance(FeatureFrames Frames, int[] Words);
