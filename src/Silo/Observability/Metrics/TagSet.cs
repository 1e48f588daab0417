namespace VoiceOrdering.Silo.Observability.Metrics;

/// <summary>The tags of one recording in the order they were given, as a key.</summary>
internal readonly record struct TagSet(KeyValuePair<string, object?>[] Tags);
