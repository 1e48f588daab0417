namespace VoiceOrdering.Identity;

/// <summary>The one source of new identifiers and secrets, injected so that tests can seed it.</summary>
public interface IIdSource
{
    /// <summary>A new opaque id: <paramref name="prefix"/> followed by 26 URL-safe characters carrying at least 128 random bits.</summary>
    /// <param name="prefix">Short lower-case tag such as <c>ses_</c>; may be empty.</param>
    string NewId(string prefix);

    /// <summary>A new secret of at least 256 random bits, URL-safe.</summary>
    string NewSecret();
}
