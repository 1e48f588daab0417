using System.Globalization;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>The agent's own sentences; short, and used only where no tool gave one.</summary>
internal static class Wording
{
    public const string WhatElse = "Anything else?";
    public const string WhatToAdd = "What would you like?";
    public const string WhatToChange = "What would you like to change?";
    public const string Confirm = "Shall I place the order?";
    public const string NothingYet = "There is nothing in your order yet. What would you like?";
    public const string NotCaught = "Sorry, I did not catch that. Could you say it again?";
    public const string StillNotCaught = "Sorry, I still did not understand. Please say one item at a time, or type your order.";
    public const string Explanation = "Tell me what you would like, for example two of something, or ask what is in your order. Say that is all when you are done.";
    public const string NoHuman = "I take the orders here and cannot connect you to anybody else.";
    public const string NoTools = "I cannot take orders in this conversation.";
    public const string NotPlacedYet = "Your order is not placed yet.";
    public const string Goodbye = "Goodbye!";
    public const string Cleared = "Your order is empty now. What would you like?";
    public const string LeftOut = "All right, I left that out.";
    public const string WhichCode = "What is its code?";
    public const string WhichNumber = "What is your phone number, please?";
    public const string NoSuchLine = "I do not find that in your order.";

    public static string Greeting(string restaurant) =>
        restaurant.Length == 0 ? "Hello! What would you like to order?" : $"Welcome to {restaurant}! What would you like to order?";

    public static string WelcomeBack(CartSnapshot cart) => $"Welcome back. So far you have {Lines(cart)}. {WhatElse}";

    public static string Lines(CartSnapshot cart) => Join([.. cart.Lines.Select(line => $"{line.Quantity} {line.Name}")], "and");

    public static string Total(CartSnapshot cart) => cart.TotalMinor is { } minor ? Amount(minor, cart.Currency) : "";

    public static string Placed(string number) => number.Length == 0 ? "Your order is placed." : $"Your order number is {number}.";

    public static string WhichOne(IReadOnlyList<MenuItem> items) => $"Which one would you like: {Join([.. items.Take(6).Select(item => item.Name)], "or")}?";

    public static string Price(MenuItem item, string currency)
    {
        if (item.Sizes.Count > 0)
        {
            return $"{item.Name}: {Join([.. item.Sizes.Select(size => $"{size.Name} {Amount(size.PriceText, currency)}")], "and")}.";
        }

        return $"{item.Name} is {Amount(item.PriceText, currency)}.";
    }

    public static string Categories(Menu menu) =>
        menu.Items.Count == 0 ? NoTools : $"We have {Join([.. menu.Items.Select(item => item.Category).Where(name => name.Length > 0).Distinct()], "and")}. {WhatToAdd}";

    private static string Amount(long minor, string currency) => Amount((minor / 100m).ToString("0.00", CultureInfo.InvariantCulture), currency);

    private static string Amount(string amount, string currency) => currency switch
    {
        "USD" => "$" + amount,
        "EUR" => "€" + amount,
        "GBP" => "£" + amount,
        _ => $"{amount} {currency}".TrimEnd(),
    };

    private static string Join(string[] parts, string last) => parts.Length switch
    {
        0 => "",
        1 => parts[0],
        _ => $"{string.Join(", ", parts[..^1])} {last} {parts[^1]}",
    };
}
