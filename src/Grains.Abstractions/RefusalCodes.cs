namespace VoiceOrdering;

/// <summary>Every code a <see cref="Refusal"/> of the domain can carry; sentences and HTTP answers are in docs/reference/errors.md.</summary>
public static class RefusalCodes
{
    /// <summary>No such session for this caller.</summary>
    public const string SessionUnknown = "SESSION_UNKNOWN";
    /// <summary>The session can no longer be resumed.</summary>
    public const string SessionExpired = "SESSION_EXPIRED";
    /// <summary>The session is over.</summary>
    public const string SessionEnded = "SESSION_ENDED";
    /// <summary>The resume token is not the one of the session.</summary>
    public const string ResumeTokenInvalid = "RESUME_TOKEN_INVALID";
    /// <summary>A newer bridge took the session over.</summary>
    public const string BridgeFenced = "BRIDGE_FENCED";
    /// <summary>The move is not in the phase table.</summary>
    public const string PhaseInvalid = "PHASE_INVALID";
    /// <summary>The channel is none of <c>web</c>, <c>text</c>, <c>phone</c>.</summary>
    public const string ChannelInvalid = "CHANNEL_INVALID";
    /// <summary>The token lacks a scope.</summary>
    public const string ScopeMissing = "SCOPE_MISSING";
    /// <summary>The request names another restaurant than the token.</summary>
    public const string TenantMismatch = "TENANT_MISMATCH";
    /// <summary><c>Limits.Listeners</c> reached.</summary>
    public const string ListenersExhausted = "LISTENERS_EXHAUSTED";
    /// <summary>An empty text.</summary>
    public const string TextMissing = "TEXT_MISSING";
    /// <summary><c>Limits.TextCharacters</c> exceeded.</summary>
    public const string TextTooLong = "TEXT_TOO_LONG";
    /// <summary>The name is none of the flags'.</summary>
    public const string FlagUnknown = "FLAG_UNKNOWN";
    /// <summary>A rule's percentage or targets are out of range.</summary>
    public const string FlagInvalid = "FLAG_INVALID";
    /// <summary>The flags were changed meanwhile.</summary>
    public const string FlagsVersionConflict = "FLAGS_VERSION_CONFLICT";
    /// <summary>Flags of one session are set only in development.</summary>
    public const string FlagOverrideRefused = "FLAG_OVERRIDE_REFUSED";
    /// <summary>No such restaurant.</summary>
    public const string RestaurantUnknown = "RESTAURANT_UNKNOWN";
    /// <summary>The restaurant has no menu yet.</summary>
    public const string MenuMissing = "MENU_MISSING";
    /// <summary>The menu was changed meanwhile.</summary>
    public const string MenuVersionConflict = "MENU_VERSION_CONFLICT";
    /// <summary><c>Limits.Menus</c> reached.</summary>
    public const string MenusExhausted = "MENUS_EXHAUSTED";
    /// <summary><c>Limits.MenuSwitches</c> reached.</summary>
    public const string MenuSwitchesExhausted = "MENU_SWITCHES_EXHAUSTED";
    /// <summary>The menu's id is not a slug.</summary>
    public const string MenuIdInvalid = "MENU_ID_INVALID";
    /// <summary>The instant of an item's return is not in the future.</summary>
    public const string SoldOutUntilPast = "SOLD_OUT_UNTIL_PAST";
    /// <summary>The settings were changed meanwhile.</summary>
    public const string SettingsVersionConflict = "SETTINGS_VERSION_CONFLICT";
    /// <summary>Outside the opening hours.</summary>
    public const string RestaurantClosed = "RESTAURANT_CLOSED";
    /// <summary>A line's price changed and the restaurant wants the customer to agree.</summary>
    public const string PriceChanged = "PRICE_CHANGED";
    /// <summary>An option that only goes with another one that is not chosen.</summary>
    public const string OptionNeedsChoice = "OPTION_NEEDS_CHOICE";
    /// <summary>The id is not on the menu.</summary>
    public const string ItemUnknown = "ITEM_UNKNOWN";
    /// <summary>The item is not available at present.</summary>
    public const string ItemUnavailable = "ITEM_UNAVAILABLE";
    /// <summary>The caller's words do not fit the item well enough.</summary>
    public const string ItemUnsure = "ITEM_UNSURE";
    /// <summary>The item has no such size.</summary>
    public const string SizeUnknown = "SIZE_UNKNOWN";
    /// <summary>The item needs a size and has no default.</summary>
    public const string SizeRequired = "SIZE_REQUIRED";
    /// <summary>The item has no such option.</summary>
    public const string OptionUnknown = "OPTION_UNKNOWN";
    /// <summary>A required choice is open.</summary>
    public const string OptionRequired = "OPTION_REQUIRED";
    /// <summary>More options than the group allows.</summary>
    public const string OptionsTooMany = "OPTIONS_TOO_MANY";
    /// <summary>An option is asked for and left off at once.</summary>
    public const string OptionsConflict = "OPTIONS_CONFLICT";
    /// <summary>An option's amount is none of the known ones, or an option has two.</summary>
    public const string AmountInvalid = "AMOUNT_INVALID";
    /// <summary>A wish names nothing that the menu knows.</summary>
    public const string RequestUnknown = "REQUEST_UNKNOWN";
    /// <summary>A wish names an option that has to be chosen first.</summary>
    public const string RequestNeedsOption = "REQUEST_NEEDS_OPTION";
    /// <summary><c>Limits.RequestsPerLine</c> exceeded.</summary>
    public const string RequestsMany = "REQUESTS_MANY";
    /// <summary>A quantity below 1.</summary>
    public const string QuantityInvalid = "QUANTITY_INVALID";
    /// <summary><c>Limits.QuantityPerLine</c> exceeded.</summary>
    public const string QuantityTooLarge = "QUANTITY_TOO_LARGE";
    /// <summary><c>Limits.LinesPerCart</c> reached.</summary>
    public const string CartFull = "CART_FULL";
    /// <summary><c>Limits.OrderTotalMinor</c> exceeded.</summary>
    public const string TotalTooLarge = "TOTAL_TOO_LARGE";
    /// <summary>The cart has no such line.</summary>
    public const string LineUnknown = "LINE_UNKNOWN";
    /// <summary>Nothing to submit.</summary>
    public const string CartEmpty = "CART_EMPTY";
    /// <summary>The cart became an order and cannot be changed.</summary>
    public const string CartClosed = "CART_CLOSED";
    /// <summary>The cart was changed meanwhile.</summary>
    public const string CartVersionConflict = "CART_VERSION_CONFLICT";
    /// <summary><c>Limits.MutationKeys</c> or <c>Limits.OrderKeys</c> reached.</summary>
    public const string CartChangesExhausted = "CART_CHANGES_EXHAUSTED";
    /// <summary>The key is empty, too long or not visible ASCII.</summary>
    public const string IdempotencyKeyInvalid = "IDEMPOTENCY_KEY_INVALID";
    /// <summary>The key came with another payload before.</summary>
    public const string IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED";
    /// <summary>No such order for this caller.</summary>
    public const string OrderUnknown = "ORDER_UNKNOWN";
    /// <summary>The move is not in the order's status table.</summary>
    public const string TransitionInvalid = "TRANSITION_INVALID";
    /// <summary><c>Limits.RecallWithin</c> is over.</summary>
    public const string RecallLate = "RECALL_LATE";
    /// <summary>The model called a tool that does not exist.</summary>
    public const string ToolUnknown = "TOOL_UNKNOWN";
    /// <summary>The model's arguments do not fit the tool's schema.</summary>
    public const string ToolArgumentsInvalid = "TOOL_ARGUMENTS_INVALID";
    /// <summary><c>Limits.ToolCalls</c> reached.</summary>
    public const string ToolCallsExhausted = "TOOL_CALLS_EXHAUSTED";
    /// <summary>The digits are not a voucher's code: one was misheard or mistyped.</summary>
    public const string VoucherCodeInvalid = "VOUCHER_CODE_INVALID";
    /// <summary>No such voucher for this caller.</summary>
    public const string VoucherUnknown = "VOUCHER_UNKNOWN";
    /// <summary>The voucher was used by another order.</summary>
    public const string VoucherRedeemed = "VOUCHER_REDEEMED";
    /// <summary>The restaurant took the voucher back.</summary>
    public const string VoucherVoided = "VOUCHER_VOIDED";
    /// <summary>The voucher's time is over.</summary>
    public const string VoucherExpired = "VOUCHER_EXPIRED";
    /// <summary>The voucher is in another currency.</summary>
    public const string VoucherCurrency = "VOUCHER_CURRENCY";
    /// <summary>The subtotal is below the voucher's minimum.</summary>
    public const string VoucherMinimum = "VOUCHER_MINIMUM";
    /// <summary>A voucher that is to be issued is out of range.</summary>
    public const string VoucherInvalid = "VOUCHER_INVALID";
    /// <summary><c>Limits.VoucherAttempts</c> reached.</summary>
    public const string VoucherAttemptsExhausted = "VOUCHER_ATTEMPTS_EXHAUSTED";
    /// <summary>The phone number cannot be one.</summary>
    public const string PhoneInvalid = "PHONE_INVALID";
    /// <summary>No such customer at this restaurant.</summary>
    public const string CustomerUnknown = "CUSTOMER_UNKNOWN";
    /// <summary>Name or allergens of a customer are out of range.</summary>
    public const string CustomerInvalid = "CUSTOMER_INVALID";
    /// <summary>The customer was changed meanwhile.</summary>
    public const string CustomerVersionConflict = "CUSTOMER_VERSION_CONFLICT";
    /// <summary><c>Limits.CustomerLookUps</c> reached.</summary>
    public const string LookUpsExhausted = "LOOKUPS_EXHAUSTED";
    /// <summary>The customer ordered nothing that could be repeated.</summary>
    public const string NothingUsual = "NOTHING_USUAL";
    /// <summary>The feature is switched off.</summary>
    public const string FeatureOff = "FEATURE_OFF";
}
