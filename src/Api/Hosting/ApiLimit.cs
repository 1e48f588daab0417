namespace VoiceOrdering.Api.Hosting;

/// <summary>One limit as a setting.</summary>
/// <param name="Name">Name of the property in <see cref="ApiLimits"/>.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Least">Smallest allowed value.</param>
/// <param name="Most">Largest allowed value.</param>
/// <param name="Apply">Limits with this one set.</param>
internal sealed record ApiLimit(string Name, string Unit, int Least, int Most, Func<ApiLimits, int, ApiLimits> Apply);
