namespace VoiceOrdering.Realtime.Simulator.Models;

/// <summary>Turns speech into words. One per session or shared; safe for concurrent use.</summary>
public interface IEar
{
    /// <summary>
    /// Hears one turn against the sentences that <paramref name="configuration"/> makes likely. Never throws for bad audio:
    /// what cannot be understood is <see cref="Hearing.NotUnderstood"/>.
    /// </summary>
    Task<Hearing> HearAsync(UserAudio audio, ModelConfiguration configuration, CancellationToken cancellationToken);
}
