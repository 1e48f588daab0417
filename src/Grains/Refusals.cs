using System.Globalization;
using VoiceOrdering.Pricing;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains;

/// <summary>Every refusal of the domain with its sentence, so that all of them can be read, and translated, in one place.</summary>
internal static class Refusals
{
    // Lists that cross a grain boundary are arrays: a collection expression for IReadOnlyList makes a type no serializer knows.
    private static readonly string[] Channels = ["phone", "text", "web"];

    public static Refusal SessionUnknown() => new(RefusalCodes.SessionUnknown, "There is no such session.");
    public static Refusal SessionExpired() => new(RefusalCodes.SessionExpired, "This session is over. Please start a new one.");
    public static Refusal SessionEnded() => new(RefusalCodes.SessionEnded, "This session has ended. Please start a new one.");
    public static Refusal ResumeTokenInvalid() => new(RefusalCodes.ResumeTokenInvalid, "This session cannot be continued from here.");
    public static Refusal BridgeFenced() => new(RefusalCodes.BridgeFenced, "This call was continued somewhere else.");
    public static Refusal PhaseInvalid(string phase, string happening) => new(RefusalCodes.PhaseInvalid, $"A session that is {phase} cannot take {happening}.");
    public static Refusal ChannelInvalid() => new(RefusalCodes.ChannelInvalid, "The channel is web, text or phone.", Channels);
    public static Refusal ScopeMissing(string scope) => new(RefusalCodes.ScopeMissing, $"Your account lacks the permission {scope}.", new[] { scope });
    public static Refusal ListenersExhausted(int limit) => new(RefusalCodes.ListenersExhausted, $"There are already {limit} listeners.");
    public static Refusal TextMissing() => new(RefusalCodes.TextMissing, "I did not get any words.");
    public static Refusal TextTooLong(int limit) => new(RefusalCodes.TextTooLong, $"That was too long. Please use at most {limit} characters.");

    public static Refusal FlagUnknown(IReadOnlyList<string> names) => new(RefusalCodes.FlagUnknown, "There is no such flag.", names);
    public static Refusal FlagInvalid(string fault) => new(RefusalCodes.FlagInvalid, $"The flag was not changed: {fault}.");
    public static Refusal FlagsVersionConflict() => new(RefusalCodes.FlagsVersionConflict, "The flags were changed meanwhile. Please load them again.");

    public static Refusal RestaurantUnknown() => new(RefusalCodes.RestaurantUnknown, "There is no such restaurant.");
    public static Refusal MenuMissing() => new(RefusalCodes.MenuMissing, "This restaurant has no menu yet.");
    public static Refusal MenuVersionConflict() => new(RefusalCodes.MenuVersionConflict, "The menu was changed meanwhile. Please load it again.");

    public static Refusal MenusExhausted(int limit) => new(RefusalCodes.MenusExhausted, $"A restaurant has at most {limit} menus.");
    public static Refusal MenuSwitchesExhausted(int limit) => new(RefusalCodes.MenuSwitchesExhausted, $"At most {limit} switches can be planned.");
    public static Refusal MenuIdInvalid() => new(RefusalCodes.MenuIdInvalid, "A menu's id is 1 to 64 lower-case letters, digits and dashes.");
    public static Refusal SoldOutUntilPast() => new(RefusalCodes.SoldOutUntilPast, "The time of its return is not in the future.");
    public static Refusal SettingsVersionConflict() => new(RefusalCodes.SettingsVersionConflict, "The settings were changed meanwhile. Please load them again.");
    public static Refusal RestaurantClosed() => new(RefusalCodes.RestaurantClosed, "We are closed at the moment and cannot take orders.");
    public static Refusal PriceChanged(string sentence) => new(RefusalCodes.PriceChanged, sentence);
    public static Refusal OptionNeedsChoice(string option, string parent) => new(RefusalCodes.OptionNeedsChoice, $"{option} only goes with {parent}.", new[] { parent });

    public static Refusal ItemUnknown(IReadOnlyList<string> suggestions) => new(RefusalCodes.ItemUnknown,
        suggestions.Count == 0 ? "I'm afraid that is not on our menu." : $"I'm afraid that is not on our menu. Did you mean {Speech.OneOf(suggestions)}?", suggestions);

    public static Refusal ItemUnavailable(string name, IReadOnlyList<string> alternatives) => new(RefusalCodes.ItemUnavailable,
        alternatives.Count == 0 ? $"{name} is not available right now." : $"{name} is not available right now. How about {Speech.OneOf(alternatives)}?", alternatives);

    /// <summary>Says why, as far as that helps to decide.</summary>
    public static Refusal ItemUnavailable(string name, Unavailability? why, IReadOnlyList<string> alternatives) => why switch
    {
        { Reason: UnavailableReason.SoldOut } => new(RefusalCodes.ItemUnavailable, $"{name} is sold out at the moment.{HowAbout(alternatives)}", alternatives),
        { Reason: UnavailableReason.DayPart, Served.Count: > 0 } => new(RefusalCodes.ItemUnavailable, $"{name} is only served at {Speech.OneOf(why.Served)}.{HowAbout(alternatives)}", alternatives),
        { Reason: UnavailableReason.Season } => new(RefusalCodes.ItemUnavailable, $"{name} is out of season.{HowAbout(alternatives)}", alternatives),
        _ => ItemUnavailable(name, alternatives),
    };

    private static string HowAbout(IReadOnlyList<string> alternatives) => alternatives.Count == 0 ? "" : $" How about {Speech.OneOf(alternatives)}?";

    public static Refusal ItemUnsure(IReadOnlyList<string> suggestions) => new(RefusalCodes.ItemUnsure,
        suggestions.Count == 0 ? "I'm not sure what you would like. Could you say it again?" : $"I'm not sure I got that. Did you mean {Speech.OneOf(suggestions)}?", suggestions);

    public static Refusal SizeUnknown(string name, IReadOnlyList<string> sizes) => sizes.Count == 0
        ? new(RefusalCodes.SizeUnknown, $"{name} comes in one size only.")
        : new(RefusalCodes.SizeUnknown, $"{name} does not come in that size. Would you like {Speech.OneOf(sizes)}?", sizes);

    public static Refusal SizeRequired(string name, IReadOnlyList<string> sizes) =>
        new(RefusalCodes.SizeRequired, $"Which size of {name} would you like: {Speech.OneOf(sizes)}?", sizes);

    public static Refusal OptionUnknown(string name, IReadOnlyList<string> options) => options.Count == 0
        ? new(RefusalCodes.OptionUnknown, $"{name} cannot be changed.")
        : new(RefusalCodes.OptionUnknown, $"That is not possible with {name}.", options);

    public static Refusal OptionNowhere() => new(RefusalCodes.OptionUnknown, "There is no such option.");

    public static Refusal OptionRequired(string group, string name, IReadOnlyList<string> options) =>
        new(RefusalCodes.OptionRequired, $"Which {Speech.Lower(group)} would you like with the {name}: {Speech.OneOf(options)}?", options);

    public static Refusal OptionsTooMany(string group, int most, IReadOnlyList<string> options) => new(RefusalCodes.OptionsTooMany,
        $"You can choose at most {most.ToString(CultureInfo.InvariantCulture)} for {Speech.Lower(group)}.", options);

    public static Refusal OptionsConflict(string option) => new(RefusalCodes.OptionsConflict, $"Would you like it with or without {option}?");
    public static Refusal AmountInvalid(string option, IReadOnlyList<string> amounts) => new(RefusalCodes.AmountInvalid, $"How much {option} would you like: {Speech.OneOf(amounts)}?", amounts);

    public static Refusal RequestUnknown(string item, IReadOnlyList<string> options) => new(RefusalCodes.RequestUnknown, $"I can only pass on wishes about what is in the {item}.", options);

    public static Refusal RequestNeedsOption(string option, string item) => new(RefusalCodes.RequestNeedsOption, $"There is no {option} on the {item} yet. Shall I add it?", new[] { option });

    public static Refusal RequestsMany(int most) => new(RefusalCodes.RequestsMany, $"I can pass on at most {most} wishes for one item.");
    public static Refusal QuantityInvalid() => new(RefusalCodes.QuantityInvalid, "How many would you like?");
    public static Refusal QuantityTooLarge(int most) => new(RefusalCodes.QuantityTooLarge, $"I can take at most {most} of one kind. How many would you like?");
    public static Refusal CartFull(int most) => new(RefusalCodes.CartFull, $"Your order already has {most} lines, more than that I cannot take.");
    public static Refusal TotalTooLarge(Money most) => new(RefusalCodes.TotalTooLarge, $"That would be more than {Speech.Price(most)}, which is the most I can take in one order.");
    public static Refusal LineUnknown(IReadOnlyList<string> lines) => new(RefusalCodes.LineUnknown, "That is not in your order.", lines);
    public static Refusal CartEmpty() => new(RefusalCodes.CartEmpty, "There is nothing in your order yet.");
    public static Refusal CartClosed() => new(RefusalCodes.CartClosed, "Your order has been placed and cannot be changed here.");
    public static Refusal CartVersionConflict() => new(RefusalCodes.CartVersionConflict, "Your order changed in the meantime. Please check it again.");
    public static Refusal CartChangesExhausted() => new(RefusalCodes.CartChangesExhausted, "This order was changed too often. Please start a new one.");
    public static Refusal IdempotencyKeyInvalid() => new(RefusalCodes.IdempotencyKeyInvalid, "The idempotency key is 1 to 255 visible ASCII characters.");
    public static Refusal IdempotencyKeyReused() => new(RefusalCodes.IdempotencyKeyReused, "This idempotency key was used for another request.");
    public static Refusal OrderUnknown() => new(RefusalCodes.OrderUnknown, "There is no such order.");

    public static Refusal RecallLate(int minutes) => new(RefusalCodes.RecallLate, $"An order can be recalled for {minutes} minutes.");

    public static Refusal TransitionInvalid(string from, string to, IReadOnlyList<string> allowed) =>
        new(RefusalCodes.TransitionInvalid, $"An order that is {from} cannot become {to}.", allowed);

    public static Refusal VoucherCodeInvalid() => new(RefusalCodes.VoucherCodeInvalid, "I did not get that code right. Could you read me its twelve digits again?");
    public static Refusal VoucherUnknown() => new(RefusalCodes.VoucherUnknown, "I cannot find that voucher.");
    public static Refusal VoucherRedeemed() => new(RefusalCodes.VoucherRedeemed, "That voucher has been used already.");
    public static Refusal VoucherVoided() => new(RefusalCodes.VoucherVoided, "That voucher is no longer valid.");
    public static Refusal VoucherExpired() => new(RefusalCodes.VoucherExpired, "That voucher has expired.");
    public static Refusal VoucherCurrency() => new(RefusalCodes.VoucherCurrency, "That voucher is in another currency.");
    public static Refusal VoucherMinimum(Money minimum) => new(RefusalCodes.VoucherMinimum, $"That voucher needs an order of at least {Speech.Price(minimum)}.");
    public static Refusal VoucherInvalid(string fault) => new(RefusalCodes.VoucherInvalid, $"The voucher was not issued: {fault}.");
    public static Refusal VoucherAttemptsExhausted() => new(RefusalCodes.VoucherAttemptsExhausted, "I cannot try any more codes for this order.");
    public static Refusal PhoneInvalid() => new(RefusalCodes.PhoneInvalid, "I did not get that phone number right. Could you say it again, with the area code?");
    public static Refusal CustomerUnknown() => new(RefusalCodes.CustomerUnknown, "There is no such customer.");
    public static Refusal NumberUnknown() => new(RefusalCodes.CustomerUnknown, "I do not know that number yet, but you can order all the same.");
    public static Refusal NumberMissing() => new(RefusalCodes.CustomerUnknown, "For that I need your phone number first.");
    public static Refusal CustomerInvalid(string fault) => new(RefusalCodes.CustomerInvalid, $"The customer was not stored: {fault}.");
    public static Refusal CustomerVersionConflict() => new(RefusalCodes.CustomerVersionConflict, "The customer was changed meanwhile. Please load them again.");
    public static Refusal LookUpsExhausted() => new(RefusalCodes.LookUpsExhausted, "I cannot look up any more numbers for this order.");
    public static Refusal NothingUsual() => new(RefusalCodes.NothingUsual, "I do not see an order of yours that I could repeat. What would you like?");
    public static Refusal FeatureOff() => new(RefusalCodes.FeatureOff, "I cannot do that at the moment.");

    public static Refusal ToolUnknown(IReadOnlyList<string> tools) => new(RefusalCodes.ToolUnknown, "There is no such tool.", tools);
    public static Refusal ToolArgumentsInvalid(string fault) => new(RefusalCodes.ToolArgumentsInvalid, $"The arguments do not fit the tool: {fault}");
    public static Refusal ToolCallsExhausted() => new(RefusalCodes.ToolCallsExhausted, "This call has gone on for too long. Please start a new one.");
}
