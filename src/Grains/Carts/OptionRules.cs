using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Carts;

/// <summary>Which options a request comes down to for one item: what is added, what is taken off, or why it cannot be so.</summary>
internal sealed class OptionRules(IndexedItem item, Limits limits)
{
    private readonly List<MenuOption> _added = [];
    private readonly List<MenuOption> _removed = [];
    private readonly List<MenuOption> _present = [];
    private readonly HashSet<string> _chosen = new(StringComparer.Ordinal);

    public Outcome<OptionChoice> Choose(LineRequest request)
    {
        string[] options = [.. request.Options.Concat(request.Amounts.Select(amount => amount.OptionId)).Distinct(StringComparer.Ordinal)];
        foreach (var id in options.Concat(request.Without))
            if (item.FindOption(id) is null) return Refusals.OptionUnknown(item.Item.Name, Names(item.Item.Groups.Where(group => group.ParentOption is null).SelectMany(group => group.Options)));
        if (options.FirstOrDefault(request.Without.Contains) is { } both) return Refusals.OptionsConflict(item.FindOption(both)!.Value.Option.Name);
        if (options.Select(id => item.FindOption(id)!.Value).FirstOrDefault(found => !found.Option.Available) is { Option: { } gone } unavailable)
            return Refusals.ItemUnavailable(gone.Name, Names(unavailable.Group.Options.Where(option => option.Id != gone.Id)));
        var asked = WithParents(options);
        // Parents stand before the groups that hang on them.
        foreach (var group in item.Item.Groups)
        {
            var refusal = group.ParentOption is { } parent && !_chosen.Contains(parent) ? RefuseOrphan(group, parent, asked) : ChooseInGroup(group, asked, request.Without);
            if (refusal is not null) return refusal;
        }
        return new OptionChoice(_added, _removed, _present);
    }

    /// <summary>Who asks for an option that goes with one other option asks for that one too, unless another was named in its place.</summary>
    private HashSet<string> WithParents(IReadOnlyList<string> options)
    {
        var asked = options.ToHashSet(StringComparer.Ordinal);
        foreach (var id in options)
        {
            if (item.FindOption(id) is not { Group.ParentOption: { } parent } || item.FindOption(parent) is not { } found) continue;
            if (found.Option.Available && !found.Option.IsDefault && (found.Group.Max > 1 || !found.Group.Options.Any(option => asked.Contains(option.Id)))) asked.Add(parent);
        }
        return asked;
    }

    private Refusal? RefuseOrphan(OptionGroup group, string parent, HashSet<string> asked) => group.Options.FirstOrDefault(option => asked.Contains(option.Id)) is { } orphan
        ? Refusals.OptionNeedsChoice(orphan.Name, item.FindOption(parent)?.Option.Name ?? item.Item.Name)
        : null;

    private Refusal? ChooseInGroup(OptionGroup group, HashSet<string> wanted, IReadOnlyList<string> without)
    {
        var asked = group.Options.Where(option => wanted.Contains(option.Id)).ToList();
        var off = group.Options.Where(option => option.IsDefault && without.Contains(option.Id)).ToList();
        var defaults = group.Options.Where(option => option.IsDefault && !off.Contains(option) && !asked.Contains(option)).ToList();
        // What belongs to the item and cannot be had today is left off, and said so.
        var gone = defaults.Where(option => !option.Available).ToList();
        defaults.RemoveAll(gone.Contains);
        // In a choose-one group a named option takes the default's place: thin crust instead of hand tossed.
        if (group.Max == 1 && asked.Count == 1)
        {
            defaults.Clear();
            gone.Clear();
        }
        var count = asked.Count + defaults.Count;
        var names = Names(group.Options);
        if (count > group.Max) return Refusals.OptionsTooMany(group.Name, group.Max, names);
        if (count < group.Min) return Refusals.OptionRequired(group.Name, item.Item.Name, names);
        // What fills a slot is part of what the kitchen makes, so it is named even when nobody chose it.
        _added.AddRange(group.IsSlot ? asked.Concat(defaults) : asked.Where(option => !option.IsDefault));
        _removed.AddRange(off.Concat(gone));
        _present.AddRange(asked.Concat(defaults));
        _chosen.UnionWith(asked.Concat(defaults).Select(option => option.Id));
        return null;
    }

    private string[] Names(IEnumerable<MenuOption> options) => options.Where(option => option.Available).Take(limits.RefusalChoices).Select(option => option.Name).ToArray();
}

/// <summary>Options of a line.</summary>
/// <param name="Added">Chosen ones that are not part of the item anyway, and what fills slots.</param>
/// <param name="Removed">Defaults taken off.</param>
/// <param name="Present">Everything that will be on the plate: what was added and the defaults that stay.</param>
internal sealed record OptionChoice(IReadOnlyList<MenuOption> Added, IReadOnlyList<MenuOption> Removed, IReadOnlyList<MenuOption> Present);
