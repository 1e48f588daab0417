using System.Globalization;
using System.Text;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Sessions.Briefing;

/// <summary>The menu as text for the model, one item a line (docs/reference/tools.md).</summary>
public static class MenuBlock
{
    /// <summary>Writes the block from <c>&lt;menu …&gt;</c> to <c>&lt;/menu&gt;</c>.</summary>
    public static string Write(MenuSnapshot snapshot, string language = "en")
    {
        var menu = snapshot.Menu;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<menu version=\"{snapshot.Version}\" currency=\"{menu.Currency}\">");
        foreach (var category in menu.Categories)
        {
            text.Append("\n## ").Append(category.Name);
            foreach (var item in category.Items) text.Append('\n').Append(Line(item, menu.Currency, language.Split('-')[0]));
        }
        return text.Append("\n</menu>").ToString();
    }

    private static string Line(MenuItem item, string currency, string language)
    {
        var fields = new List<string> { "- " + item.Id, item.Name };
        if (item.Aliases.Count > 0) fields.Add("also: " + string.Join(", ", item.Aliases));
        if (item.Spoken.TryGetValue(language, out var forms) && forms.Count > 0) fields.Add("say: " + forms[0]);
        fields.Add(item.Sizes.Count == 0
            ? CurrencyText.Amount(item.PriceMinor, currency)
            : "sizes: " + string.Join(", ", item.Sizes.Select(size => $"{size.Id}={size.Name}{Star(size.IsDefault)} {CurrencyText.Amount(size.PriceMinor, currency)}")));
        fields.AddRange(item.Groups.Select(group => Group(group, currency)));
        if (!item.Available) fields.Add(item.Unavailability is { Served.Count: > 0 } why ? "unavailable, served at " + string.Join(" and ", why.Served) : "unavailable");
        return string.Join(" | ", fields);
    }

    private static string Group(OptionGroup group, string currency) => string.Create(CultureInfo.InvariantCulture,
        $"group {group.Id} \"{group.Name}\" {group.Min}..{group.Max}{(group.ParentOption is null ? "" : " with " + group.ParentOption)}: {string.Join(", ", group.Options.Where(option => option.Available).Select(option => $"{option.Id}={option.Name}{Star(option.IsDefault)}{Delta(option.PriceDeltaMinor, currency)}"))}");

    private static string Delta(long minor, string currency) => minor == 0 ? "" : (minor > 0 ? " +" : " ") + CurrencyText.Amount(minor, currency);

    private static string Star(bool isDefault) => isDefault ? "*" : "";
}
