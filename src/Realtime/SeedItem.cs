namespace VoiceOrdering.Realtime;

/// <summary>A past turn put into a new session, in order, without an answer being made.</summary>
/// <param name="Role">Who said it.</param>
/// <param name="Text">The words heard, never audio: a client cannot create assistant audio.</param>
/// <param name="ItemId">Own id of the item, at most 32 characters; null lets the provider choose.</param>
public sealed record SeedItem(ConversationRole Role, string Text, string? ItemId = null);
