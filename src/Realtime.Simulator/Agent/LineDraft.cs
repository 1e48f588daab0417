namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>What has been said of one line while its sentence is still being read.</summary>
internal sealed class LineDraft
{
    public IReadOnlyList<MenuItem> Items { get; set; } = [];

    public int? Quantity { get; set; }

    public int QuantityDelta { get; set; }

    public string? SizeId { get; set; }

    public List<string> Options { get; } = [];

    public List<string> Without { get; } = [];

    public int FirstToken { get; set; } = int.MaxValue;

    public int EndToken { get; set; }

    /// <summary>How many other acts of the sentence come before this line.</summary>
    public int Position { get; set; }

    public bool IsEmpty => Items.Count == 0 && Quantity is null && QuantityDelta == 0 && HasNoModifiers;

    public bool HasNoModifiers => SizeId is null && Options.Count == 0 && Without.Count == 0;

    public void Cover(Element element)
    {
        FirstToken = Math.Min(FirstToken, element.First);
        EndToken = Math.Max(EndToken, element.End);
    }

    public bool Offers(Element option) => Items.Any(item => OptionOf(item, option) is not null);

    public bool OffersSize(Element size) => Items.Any(item => SizeOf(item, size) is not null);

    /// <summary>True when an option of this name must still be chosen, so that naming it cannot mean a line of its own.</summary>
    public bool StillNeeds(Element option) => Items.Any(item => item.Groups.Any(group =>
        group.Min > 0
        && group.Options.Any(choice => option.OptionIds.Contains(choice.Id))
        && group.Options.Count(choice => Options.Contains(choice.Id)) < group.Min));

    public void Choose(Element option, bool isWithout)
    {
        var found = Items.Select(item => OptionOf(item, option)).FirstOrDefault(choice => choice is not null);
        var id = found?.Id ?? option.OptionIds.Order(StringComparer.Ordinal).First();
        var list = isWithout ? Without : Options;
        if (!list.Contains(id))
        {
            list.Add(id);
        }

        Cover(option);
    }

    public void Choose(Element size)
    {
        var found = Items.Select(item => SizeOf(item, size)).FirstOrDefault(choice => choice is not null);
        SizeId = found?.Id ?? size.SizeIds.Order(StringComparer.Ordinal).First();
        Cover(size);
    }

    public bool IncludesByDefault(Element option) => Items.Any(item => OptionOf(item, option) is { IsDefault: true });

    public static MenuOption? OptionOf(MenuItem item, Element option) =>
        item.Groups.SelectMany(group => group.Options).FirstOrDefault(choice => option.OptionIds.Contains(choice.Id));

    public static MenuSize? SizeOf(MenuItem item, Element size) => item.Sizes.FirstOrDefault(choice => size.SizeIds.Contains(choice.Id));
}
