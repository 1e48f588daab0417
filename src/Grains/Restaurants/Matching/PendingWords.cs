namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>What was said before the item it belongs to.</summary>
internal sealed class PendingWords
{
    public int? Quantity { get; private set; }
    public bool QuantityIsArticle { get; private set; }
    public string? Size { get; set; }
    public List<(string Option, bool Negated)> Options { get; } = [];
    public bool HasQuantityOrSize => Quantity is not null || Size is not null;

    public void SetQuantity(int number, bool isArticle) => (Quantity, QuantityIsArticle) = (number, isArticle);

    public void Clear()
    {
        (Quantity, QuantityIsArticle, Size) = (null, false, null);
        Options.Clear();
    }
}
