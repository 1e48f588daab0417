namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>The items in order. Used under the session's gate.</summary>
internal sealed class Conversation(string id, int maxItems)
{
    private readonly List<Item> _items = [];

    public string Id { get; } = id;

    public IReadOnlyList<Item> Items => _items;

    public string? LastId => _items.Count == 0 ? null : _items[^1].Id;

    public Item? Find(string id) => _items.Find(item => item.Id == id);

    /// <summary>Puts an item at its place and tells the id before it.</summary>
    /// <param name="item">New item.</param>
    /// <param name="previousId"><c>root</c>, an id, or null for the end.</param>
    /// <exception cref="ProtocolException">Unknown place, known id, or too many items.</exception>
    public string? Add(Item item, string? previousId = null)
    {
        if (_items.Count >= maxItems)
        {
            throw new ProtocolException(new ProtocolError("conversation_too_long", $"A conversation has at most {maxItems} items."));
        }

        if (Find(item.Id) is not null)
        {
            throw new ProtocolException(new ProtocolError(
                "item_create_duplicate_item_id", $"Error adding item: an item with ID '{item.Id}' already exists.", "item.id"));
        }

        var index = previousId switch
        {
            null => _items.Count,
            "root" => 0,
            _ => _items.FindIndex(known => known.Id == previousId) + 1,
        };
        if (index == 0 && previousId is not (null or "root"))
        {
            throw new ProtocolException(new ProtocolError(
                "item_create_invalid_previous_item_id",
                $"Error adding item: the previous item with id '{previousId}' does not exist.", "previous_item_id"));
        }

        _items.Insert(index, item);
        return index == 0 ? null : _items[index - 1].Id;
    }

    public bool Remove(string id) => _items.RemoveAll(item => item.Id == id) > 0;

    public bool HasCall(string callId) => _items.Exists(item => item.Kind == ItemKind.Call && item.CallId == callId);
}
