namespace VoiceOrdering.Api.Calls;

/// <summary>Hears from the playout what really reached the leg. Called on the media thread: must return at once.</summary>
internal interface IPlayoutListener
{
    /// <summary>The first frame of the item was handed to the leg.</summary>
    void OnItemBegan(SpokenItem item);

    /// <summary>The last frame of the item was handed to the leg.</summary>
    void OnItemPlayed(SpokenItem item);
}
