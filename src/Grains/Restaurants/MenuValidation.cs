using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>Judges a whole menu and names every fault with its JSON pointer, so that an editor can show all of them at once.</summary>
public static class MenuValidation
{
    private const int NameLength = 60;
    private const int SlugLength = 64;

    /// <summary>All faults in document order; empty when the menu can be stored. Nulls count as missing.</summary>
    public static IReadOnlyList<MenuFault> Validate(Menu menu, Limits limits)
    {
        menu = MenuNormalization.WithoutNulls(menu);
        var faults = new MenuFaults();
        if (menu.Currency.Length != 3 || !menu.Currency.All(char.IsAsciiLetterUpper))
            faults.Add("/currency", "CURRENCY_INVALID", "The currency is an ISO 4217 code such as USD.");
        CheckTax(menu.Tax, faults);
        AvailabilityValidation.CheckDayParts(menu, limits, faults);
        var total = menu.Categories.Sum(category => category.Items.Count);
        if (total == 0) faults.Add("/categories", "MENU_EMPTY", "A menu has at least one item.");
        if (total > limits.MenuItems) faults.Add("/categories", "MENU_TOO_LARGE", $"A menu has at most {limits.MenuItems} items, this one has {total}.");

        var categoryIds = new HashSet<string>(StringComparer.Ordinal);
        var taken = new TakenNames(new PriceValidation(menu));
        for (var c = 0; c < menu.Categories.Count; c++)
        {
            var category = menu.Categories[c];
            CheckSlug(category.Id, $"/categories/{c}/id", categoryIds, faults);
            CheckName(category.Name, $"/categories/{c}/name", faults);
            for (var i = 0; i < category.Items.Count; i++)
                CheckItem(category.Items[i], $"/categories/{c}/items/{i}", menu, taken, faults);
        }
        ComboValidation.Check(menu, limits, faults);
        return faults.All;
    }

    /// <summary>Whether a text can be an id.</summary>
    public static bool IsSlug(string text) =>
        text.Length is > 0 and <= SlugLength && text[0] != '-' && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static void CheckTax(TaxRule tax, MenuFaults faults)
    {
        if (tax.Classes.Count == 0) faults.Add("/tax/classes", "TAX_CLASSES_MISSING", "At least one tax class is needed.");
        foreach (var (name, rate) in tax.Classes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            if (rate is < 0 or > 10_000)
                faults.Add($"/tax/classes/{Escape(name)}", "TAX_RATE_INVALID", "A tax rate is 0 to 10000 basis points (825 = 8.25 %).");
    }

    private static void CheckItem(MenuItem item, string path, Menu menu, TakenNames taken, MenuFaults faults)
    {
        CheckSlug(item.Id, $"{path}/id", taken.ItemIds, faults);
        CheckName(item.Name, $"{path}/name", faults);
        CheckPhrase(item.Name, item.Id, $"{path}/name", taken.Phrases, faults);
        for (var a = 0; a < item.Aliases.Count; a++)
        {
            CheckName(item.Aliases[a], $"{path}/aliases/{a}", faults);
            CheckPhrase(item.Aliases[a], item.Id, $"{path}/aliases/{a}", taken.Phrases, faults);
        }
        CheckSpoken(item.Spoken, $"{path}/spoken", faults, (form, at) => CheckPhrase(form, item.Id, at, taken.Phrases, faults));
        AvailabilityValidation.CheckItem(item, menu, path, faults);
        if (!menu.Tax.Classes.ContainsKey(item.TaxClass))
            faults.Add($"{path}/taxClass", "TAX_CLASS_UNKNOWN", $"The tax class \"{item.TaxClass}\" is not among the menu's classes.");
        taken.Prices.Check(item, path, faults);
        CheckSizes(item, path, faults);
        var optionIds = new HashSet<string>(StringComparer.Ordinal);
        var groupIds = new HashSet<string>(StringComparer.Ordinal);
        for (var g = 0; g < item.Groups.Count; g++)
        {
            CheckSlug(item.Groups[g].Id, $"{path}/groups/{g}/id", groupIds, faults);
            CheckGroup(item.Groups[g], $"{path}/groups/{g}", new GroupNames(groupIds, optionIds), faults);
        }
        for (var s = 0; s < item.Slots.Count; s++)
        {
            CheckSlug(item.Slots[s].Id, $"{path}/slots/{s}/id", groupIds, faults);
            CheckName(item.Slots[s].Name, $"{path}/slots/{s}/name", faults);
        }
    }

    /// <summary>Ids that must be unique within one item.</summary>
    private sealed record GroupNames(HashSet<string> Groups, HashSet<string> Options);

    private static void CheckSpoken(IReadOnlyDictionary<string, IReadOnlyList<string>> spoken, string path, MenuFaults faults, Action<string, string> checkPhrase)
    {
        foreach (var (language, forms) in spoken.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var at = $"{path}/{Escape(language)}";
            if (language.Length is not (2 or 3) || !language.All(char.IsAsciiLetterLower)) faults.Add(at, "LANGUAGE_INVALID", "A language is its two- or three-letter tag such as es.");
            for (var f = 0; f < forms.Count; f++)
            {
                CheckName(forms[f], $"{at}/{f}", faults);
                checkPhrase(forms[f], $"{at}/{f}");
            }
        }
    }

    private static void CheckSizes(MenuItem item, string path, MenuFaults faults)
    {
        var sizeIds = new HashSet<string>(StringComparer.Ordinal);
        for (var s = 0; s < item.Sizes.Count; s++)
        {
            CheckSlug(item.Sizes[s].Id, $"{path}/sizes/{s}/id", sizeIds, faults);
            CheckName(item.Sizes[s].Name, $"{path}/sizes/{s}/name", faults);
            for (var a = 0; a < item.Sizes[s].Aliases.Count; a++) CheckName(item.Sizes[s].Aliases[a], $"{path}/sizes/{s}/aliases/{a}", faults);
        }
        if (item.Sizes.Count(size => size.IsDefault) > 1)
            faults.Add($"{path}/sizes", "SIZE_DEFAULTS_MANY", "At most one size is the default.");
    }

    private static void CheckGroup(OptionGroup group, string path, GroupNames taken, MenuFaults faults, int depth = 0)
    {
        CheckName(group.Name, $"{path}/name", faults);
        if (group.Options.Count == 0) faults.Add($"{path}/options", "OPTIONS_MISSING", "A group has at least one option.");
        if (group.Min < 0 || group.Max < 1 || group.Min > group.Max)
            faults.Add($"{path}/min", "GROUP_RANGE_INVALID", "The smallest number is 0 or more and not above the largest, which is 1 or more.");
        else if (group.Min > group.Options.Count)
            faults.Add($"{path}/min", "GROUP_UNSATISFIABLE", "The group asks for more options than it has.");
        if (group.Options.Count(option => option.IsDefault) > Math.Max(group.Max, 1))
            faults.Add($"{path}/options", "DEFAULTS_MANY", "More options are defaults than may be chosen.");
        for (var o = 0; o < group.Options.Count; o++)
        {
            var option = group.Options[o];
            CheckSlug(option.Id, $"{path}/options/{o}/id", taken.Options, faults);
            CheckName(option.Name, $"{path}/options/{o}/name", faults);
            for (var a = 0; a < option.Aliases.Count; a++) CheckName(option.Aliases[a], $"{path}/options/{o}/aliases/{a}", faults);
            if (option.IsDefault && option.PriceDeltaMinor != 0)
                faults.Add($"{path}/options/{o}/priceDeltaMinor", "DEFAULT_PRICED", "A default is part of the item's price and costs nothing more.");
            PriceValidation.CheckDelta(option.PriceDeltaMinor, $"{path}/options/{o}/priceDeltaMinor", faults);
            CheckSpoken(option.Spoken, $"{path}/options/{o}/spoken", faults, (_, _) => { });
            CheckNested(option, $"{path}/options/{o}", taken, faults, depth);
        }
    }

    private static void CheckNested(MenuOption option, string path, GroupNames taken, MenuFaults faults, int depth)
    {
        if (option.Groups.Count > 0 && depth > 0) faults.Add($"{path}/groups", "GROUPS_TOO_DEEP", "Options can be nested once, not deeper.");
        for (var g = 0; depth == 0 && g < option.Groups.Count; g++)
        {
            CheckSlug(option.Groups[g].Id, $"{path}/groups/{g}/id", taken.Groups, faults);
            CheckGroup(option.Groups[g], $"{path}/groups/{g}", taken, faults, depth + 1);
        }
    }

    private static void CheckSlug(string id, string path, HashSet<string> taken, MenuFaults faults)
    {
        if (!IsSlug(id))
            faults.Add(path, "ID_INVALID", "An id is 1 to 64 lower-case letters, digits and dashes.");
        else if (!taken.Add(id))
            faults.Add(path, "ID_DUPLICATE", $"The id \"{id}\" is used more than once.");
    }

    // The name is spoken, shown and written into the model's menu block, whose separators it must not contain.
    private static void CheckName(string name, string path, MenuFaults faults)
    {
        if (name.Length is 0 or > NameLength || name != name.Trim() || !name.All(c => char.IsLetterOrDigit(c) || c is ' ' or '\'' or '-' or '&' or '.' or '/'))
            faults.Add(path, "NAME_INVALID", "A name is 1 to 60 letters, digits, spaces, apostrophes, dashes, dots, slashes or ampersands.");
    }

    private static void CheckPhrase(string phrase, string itemId, string path, Dictionary<string, string> phrases, MenuFaults faults)
    {
        if (phrase.Length == 0 || phrases.TryAdd(phrase, itemId)) return;
        if (phrases[phrase] != itemId)
            faults.Add(path, "NAME_AMBIGUOUS", $"\"{phrase}\" already names the item \"{phrases[phrase]}\".");
    }

    private static string Escape(string segment) => segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>What must be unique over the whole menu, and what its items cost together.</summary>
    private sealed class TakenNames(PriceValidation prices)
    {
        public PriceValidation Prices { get; } = prices;
        public HashSet<string> ItemIds { get; } = new(StringComparer.Ordinal);
        public Dictionary<string, string> Phrases { get; } = new(StringComparer.OrdinalIgnoreCase);
    }
}
