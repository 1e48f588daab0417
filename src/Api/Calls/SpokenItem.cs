namespace VoiceOrdering.Api.Calls;

/// <summary>One spoken message of the assistant: its audio as received and played, and its words.</summary>
internal sealed class SpokenItem(string itemId, string responseId, int contentIndex)
{
    public string ItemId { get; } = itemId;

    public string ResponseId { get; } = responseId;

    public int ContentIndex { get; } = contentIndex;

    /// <summary>The words; touched by the bridge's loop only.</summary>
    public SpokenWords Words { get; } = new();

    /// <summary>Bytes received from the provider; guarded by the buffer's lock.</summary>
    public long ReceivedBytes { get; set; }

    /// <summary>Bytes handed to the leg; guarded by the buffer's lock.</summary>
    public long PlayedBytes { get; set; }

    /// <summary>No more audio will come; guarded by the buffer's lock.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Its first frame was handed to the leg; guarded by the buffer's lock.</summary>
    public bool HasBegun { get; set; }

    /// <summary>Recorded or cut: what still arrives is thrown away. Touched by the bridge's loop only.</summary>
    public bool IsClosed { get; set; }

    /// <summary>UTC instant of the first played frame, or of the first words when nothing is played; loop only.</summary>
    public DateTimeOffset? BeganAt { get; set; }
}
