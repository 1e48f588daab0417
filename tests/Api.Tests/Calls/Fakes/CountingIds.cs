using VoiceOrdering.Identity;

namespace VoiceOrdering.Api.Tests.Calls.Fakes;

/// <summary>Ids 1, 2, 3 … so that a script is the same in every run.</summary>
internal sealed class CountingIds : IIdSource
{
    private int _next;

    public string NewId(string prefix) => $"{prefix}{Interlocked.Increment(ref _next):D26}";

    public string NewSecret() => NewId("secret_");
}
