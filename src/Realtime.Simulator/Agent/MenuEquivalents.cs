namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Finds on one item what the caller named with the words of another: two items may give "Large" different ids.</summary>
internal static class MenuEquivalents
{
    public static string? FindSize(Menu menu, MenuItem item, string sizeId) =>
        item.FindSize(sizeId)?.Id
        ?? menu.Items.SelectMany(other => other.Sizes).Where(size => size.Id == sizeId)
            .Select(said => item.Sizes.FirstOrDefault(size => Covers(size.Name, said.Name))?.Id).FirstOrDefault(id => id is not null);

    public static string? FindOption(Menu menu, MenuItem item, string optionId) =>
        item.FindOption(optionId)?.Id
        ?? menu.Items.SelectMany(other => other.Groups).SelectMany(group => group.Options).Where(option => option.Id == optionId)
            .Select(said => item.Groups.SelectMany(group => group.Options).FirstOrDefault(option => Covers(option.Name, said.Name))?.Id)
            .FirstOrDefault(id => id is not null);

    private static bool Covers(string name, string said)
    {
        var stems = Tokens.Stems(name);
        return Tokens.Stems(said).All(stem => stems.Contains(stem));
    }
}
