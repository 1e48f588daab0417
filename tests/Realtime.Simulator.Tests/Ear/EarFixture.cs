using VoiceOrdering.Realtime.Simulator.Ear;
using VoiceOrdering.Realtime.Simulator.Models;
using VoiceOrdering.Realtime.Simulator.Tests.Agent;
using VoiceOrdering.Realtime.Simulator.Voice;
using Xunit;

namespace VoiceOrdering.Realtime.Simulator.Tests.Ear;

/// <summary>One ear for all tests, trained once a machine: the cache's file names carry a hash of everything a model depends on.</summary>
public sealed class EarFixture : IAsyncLifetime
{
    internal static readonly EarSettings Settings = new()
    {
        CacheDirectory = Path.Combine(Path.GetTempPath(), "voiceordering-ear"),
        TrainingThreads = Environment.ProcessorCount,
        Patience = TimeSpan.FromMinutes(4),
    };

    internal static ModelConfiguration Configuration { get; } = new() { Instructions = SampleMenus.Trattoria };

    internal SpeechEar Ear { get; } = SpeechEar.Find(Settings, TimeProvider.System) ?? throw new InvalidOperationException("espeak-ng is part of the set-up.");

    internal EspeakSynthesizer Synthesizer { get; } = EspeakSynthesizer.Find()!;

    public Task InitializeAsync() => Ear.PrepareAsync(SampleMenus.Trattoria, CancellationToken.None);

    public Task DisposeAsync()
    {
        Ear.Dispose();
        Synthesizer.Dispose();
        return Task.CompletedTask;
    }
}
