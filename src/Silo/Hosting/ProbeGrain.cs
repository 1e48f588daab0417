namespace VoiceOrdering.Silo.Hosting;

/// <inheritdoc cref="IProbeGrain"/>
internal sealed class ProbeGrain : Grain, IProbeGrain
{
    public Task AnswerAsync() => Task.CompletedTask;
}
