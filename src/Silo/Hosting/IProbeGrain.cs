namespace VoiceOrdering.Silo.Hosting;

/// <summary>Answers, to show that the engine places, activates and calls grains. Any key.</summary>
[Alias("vo.IProbeGrain")]
public interface IProbeGrain : IGrainWithIntegerKey
{
    /// <summary>Returns at once.</summary>
    [Alias("Answer")] Task AnswerAsync();
}
