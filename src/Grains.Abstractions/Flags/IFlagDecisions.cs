using VoiceOrdering.Identity;

namespace VoiceOrdering.Flags;

/// <summary>Decides flags by their rules. The host brings the evaluator; without one the defaults hold.</summary>
public interface IFlagDecisions
{
    /// <summary>Names of the flags that are on, sorted.</summary>
    /// <param name="unit">What falls into a percentage's bucket as a whole: a session id, or a subject where there is no session.</param>
    /// <param name="subject">The user a rule may name.</param>
    /// <param name="restaurant">The restaurant a rule may name.</param>
    Task<IReadOnlyList<string>> OnForAsync(string unit, string subject, RestaurantId restaurant);

    /// <summary>Whether the rule of a flag says off for everybody now; then a feature ends in running sessions too.</summary>
    /// <param name="name">One of <see cref="FlagNames"/>.</param>
    Task<bool> IsOffForAllAsync(string name);
}
