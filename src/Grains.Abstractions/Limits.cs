namespace VoiceOrdering;

/// <summary>Limits of the domain; every one is enforced, counted and answered with a refusal that names its code.</summary>
public sealed record Limits
{
    /// <summary>Largest quantity of one line (<c>QUANTITY_TOO_LARGE</c>).</summary>
    public int QuantityPerLine { get; init; } = 20;
    /// <summary>Wishes of one line that are no options (<c>REQUESTS_MANY</c>).</summary>
    public int RequestsPerLine { get; init; } = 5;
    /// <summary>Characters of one wish (<c>REQUEST_UNKNOWN</c>).</summary>
    public int RequestCharacters { get; init; } = 60;
    /// <summary>Most lines of a cart (<c>CART_FULL</c>).</summary>
    public int LinesPerCart { get; init; } = 40;
    /// <summary>Largest total of an order in minor units (<c>TOTAL_TOO_LARGE</c>).</summary>
    public long OrderTotalMinor { get; init; } = 50_000;
    /// <summary>Turns kept in a session's transcript; older ones go to the conversation table.</summary>
    public int TranscriptTurns { get; init; } = 200;
    /// <summary>Events kept for Last-Event-ID.</summary>
    public int KeptEvents { get; init; } = 256;
    /// <summary>Stored tool answers of a session (<c>TOOL_CALLS_EXHAUSTED</c>).</summary>
    public int ToolCalls { get; init; } = 500;
    /// <summary>Listeners of one session or one order feed (<c>LISTENERS_EXHAUSTED</c>).</summary>
    public int Listeners { get; init; } = 16;
    /// <summary>Characters of one typed turn (<c>TEXT_TOO_LONG</c>).</summary>
    public int TextCharacters { get; init; } = 2_000;
    /// <summary>Characters of one transcribed turn that are kept; more are cut off.</summary>
    public int TurnCharacters { get; init; } = 4_000;
    /// <summary>Characters of one published event's data; more is a caller's mistake.</summary>
    public int EventCharacters { get; init; } = 65_536;
    /// <summary>Characters of a tool call's arguments (<c>TOOL_ARGUMENTS_INVALID</c>).</summary>
    public int ToolArgumentCharacters { get; init; } = 16_384;
    /// <summary>Last turns given to a model that takes a conversation up again.</summary>
    public int SeedTurns { get; init; } = 20;
    /// <summary>Choices named in a refusal.</summary>
    public int RefusalChoices { get; init; } = 8;
    /// <summary>Remembered mutation keys of a cart.</summary>
    public int MutationKeys { get; init; } = 500;
    /// <summary>Submission keys remembered of an order (<c>CART_CHANGES_EXHAUSTED</c>).</summary>
    public int OrderKeys { get; init; } = 500;
    /// <summary>Menu versions kept of a restaurant; the oldest is dropped when one more is stored.</summary>
    public int MenuVersions { get; init; } = 20;
    /// <summary>Menus of a restaurant (<c>MENUS_EXHAUSTED</c>).</summary>
    public int Menus { get; init; } = 10;
    /// <summary>Planned switches between menus (<c>MENU_SWITCHES_EXHAUSTED</c>).</summary>
    public int MenuSwitches { get; init; } = 50;
    /// <summary>Carts a restaurant tells of menu changes; further ones look at their next use.</summary>
    public int WatchingCarts { get; init; } = 1_000;
    /// <summary>Phone numbers of a restaurant.</summary>
    public int RestaurantPhones { get; init; } = 10;
    /// <summary>Opening hours of a restaurant.</summary>
    public int OpeningHours { get; init; } = 42;
    /// <summary>Day parts of a menu (<c>DAY_PARTS_MANY</c>).</summary>
    public int DayParts { get; init; } = 12;
    /// <summary>Options of one item, those of its combo slots included (<c>OPTIONS_MANY</c>).</summary>
    public int OptionsPerItem { get; init; } = 400;
    /// <summary>Items of one menu (<c>MENU_TOO_LARGE</c>).</summary>
    public int MenuItems { get; init; } = 500;
    /// <summary>Names suggested for words that were not understood.</summary>
    public int Suggestions { get; init; } = 3;
    /// <summary>Users and restaurants named in one flag's rule (<c>FLAG_INVALID</c>).</summary>
    public int FlagTargets { get; init; } = 1_000;
    /// <summary>Changes of flags kept for the history; the oldest is dropped.</summary>
    public int FlagHistory { get; init; } = 200;
    /// <summary>How long a ticket that was bumped can be recalled (<c>RECALL_LATE</c>).</summary>
    public TimeSpan RecallWithin { get; init; } = TimeSpan.FromMinutes(15);
    /// <summary>Pause between two questions for what came of a submission whose answer was lost.</summary>
    public TimeSpan SettlePeriod { get; init; } = TimeSpan.FromSeconds(5);
    /// <summary>How long the result of an idempotency key is kept; never less than 24 hours.</summary>
    public TimeSpan SubmissionsKept { get; init; } = TimeSpan.FromHours(48);
    /// <summary>How long an event of an order is kept after everybody has it; until then its deliveries can be listed and replayed.</summary>
    public TimeSpan EventsKept { get; init; } = TimeSpan.FromDays(30);
    /// <summary>How long an interrupted session can be resumed.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(24);
    /// <summary>Largest amount of one voucher in minor units (<c>VOUCHER_INVALID</c>).</summary>
    public long VoucherMinor { get; init; } = 50_000;
    /// <summary>Largest goodwill voucher a restaurant can let the assistant give, in minor units.</summary>
    public long GoodwillVoucherMinor { get; init; } = 2_000;
    /// <summary>How long a goodwill voucher can be redeemed.</summary>
    public TimeSpan GoodwillVoucherLifetime { get; init; } = TimeSpan.FromDays(90);
    /// <summary>Characters of a voucher's note (<c>VOUCHER_INVALID</c>).</summary>
    public int VoucherNoteCharacters { get; init; } = 200;
    /// <summary>Codes without a voucher one cart may try (<c>VOUCHER_ATTEMPTS_EXHAUSTED</c>).</summary>
    public int VoucherAttempts { get; init; } = 5;
    /// <summary>Phone numbers one cart may be bound to or ask for (<c>LOOKUPS_EXHAUSTED</c>).</summary>
    public int CustomerLookUps { get; init; } = 5;
    /// <summary>Last orders told of a customer.</summary>
    public int CustomerOrders { get; init; } = 10;
    /// <summary>Characters of a customer's name (<c>CUSTOMER_INVALID</c>).</summary>
    public int CustomerNameCharacters { get; init; } = 100;
    /// <summary>Allergens of a customer (<c>CUSTOMER_INVALID</c>).</summary>
    public int CustomerAllergens { get; init; } = 20;
}
