using System.Globalization;
using System.Text.RegularExpressions;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Reads the menu block and the facts block out of a session's instructions; a line it cannot read is skipped.</summary>
internal static partial class MenuBlock
{
    private const string MenuEnd = "</menu>";

    public static Menu ReadMenu(string instructions)
    {
        var opening = MenuOpening().Match(instructions);
        if (!opening.Success)
        {
            return Menu.Empty;
        }

        var start = opening.Index + opening.Length;
        var end = instructions.IndexOf(MenuEnd, start, StringComparison.Ordinal);
        var block = end < 0 ? instructions[start..] : instructions[start..end];
        var items = new List<MenuItem>();
        var category = "";
        foreach (var line in Lines(block))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                category = line[3..].Trim();
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal) && ReadItem(line[2..], category) is { } item)
            {
                items.Add(item);
            }
        }

        var attributes = opening.Groups[1].Value;
        return new Menu(Attribute(attributes, "version"), Attribute(attributes, "currency"), items);
    }

    /// <summary>The `key: value` lines between the facts markers; a repeated key keeps its last value.</summary>
    public static IReadOnlyDictionary<string, string> ReadFacts(string instructions)
    {
        var facts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var start = instructions.IndexOf("<facts>", StringComparison.Ordinal);
        if (start < 0)
        {
            return facts;
        }

        var end = instructions.IndexOf("</facts>", start, StringComparison.Ordinal);
        var block = end < 0 ? instructions[(start + 7)..] : instructions[(start + 7)..end];
        foreach (var line in Lines(block))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                facts[line[..colon].Trim()] = line[(colon + 1)..].Trim();
            }
        }

        return facts;
    }

    private static MenuItem? ReadItem(string line, string category)
    {
        var fields = line.Split('|', StringSplitOptions.TrimEntries);
        if (fields.Length < 2 || fields[0].Length == 0 || fields[1].Length == 0)
        {
            return null;
        }

        IReadOnlyList<string> aliases = [];
        IReadOnlyList<MenuSize> sizes = [];
        var groups = new List<MenuGroup>();
        var price = "";
        var availability = MenuAvailability.Available;
        foreach (var field in fields.Skip(2))
        {
            if (field.StartsWith("also:", StringComparison.Ordinal))
            {
                aliases = Split(field[5..]);
            }
            else if (field.StartsWith("sizes:", StringComparison.Ordinal))
            {
                sizes = [.. Split(field[6..]).Select(ReadSize)];
            }
            else if (Group().Match(field) is { Success: true } group)
            {
                groups.Add(ReadGroup(group));
            }
            else if (field.StartsWith("unavailable", StringComparison.Ordinal))
            {
                availability = MenuAvailability.Unavailable;
            }
            else if (Amount().IsMatch(field))
            {
                price = field;
            }
        }

        return new MenuItem(fields[0], fields[1], category, aliases, price, sizes, groups, availability);
    }

    private static MenuGroup ReadGroup(Match group) => new(
        group.Groups[1].Value,
        group.Groups[2].Value,
        int.Parse(group.Groups[3].Value, CultureInfo.InvariantCulture),
        int.Parse(group.Groups[4].Value, CultureInfo.InvariantCulture),
        [.. Split(group.Groups[5].Value).Select(ReadOption)]);

    private static MenuSize ReadSize(string text)
    {
        var (id, name, amount, isDefault) = ReadChoice(text);
        return new MenuSize(id, name, amount, isDefault);
    }

    private static MenuOption ReadOption(string text)
    {
        var (id, name, amount, isDefault) = ReadChoice(text);
        return new MenuOption(id, name, amount, isDefault);
    }

    /// <summary>`id=Name`, with an amount and a star for the default in any order behind the name.</summary>
    private static (string Id, string Name, string Amount, bool IsDefault) ReadChoice(string text)
    {
        var isDefault = text.Contains('*', StringComparison.Ordinal);
        var plain = text.Replace("*", "", StringComparison.Ordinal).Trim();
        var equals = plain.IndexOf('=', StringComparison.Ordinal);
        var id = (equals < 0 ? plain : plain[..equals]).Trim();
        var name = (equals < 0 ? plain : plain[(equals + 1)..]).Trim();
        var space = name.LastIndexOf(' ');
        var amount = space > 0 && Amount().IsMatch(name[(space + 1)..]) ? name[(space + 1)..] : "";
        return (id, amount.Length > 0 ? name[..space].Trim() : name, amount, isDefault);
    }

    private static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string[] Lines(string block) =>
        block.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Attribute(string attributes, string name) =>
        Regex.Match(attributes, name + "=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex(@"<menu((?:\s+\w+=""[^""]*"")*)\s*>")]
    private static partial Regex MenuOpening();

    [GeneratedRegex(@"^group (\S+) ""([^""]*)"" (\d+)\.\.(\d+)(?: with \S+)?:(.*)$")]
    private static partial Regex Group();

    [GeneratedRegex(@"^[+-]?\d+(\.\d+)?$")]
    private static partial Regex Amount();
}
