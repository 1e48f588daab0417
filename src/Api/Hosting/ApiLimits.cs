using System.Globalization;

namespace VoiceOrdering.Api.Hosting;

/// <summary>
/// Limits of the HTTP surface. Each is a setting <c>VoiceOrdering:Limits:Name</c> (environment <c>VoiceOrdering__Limits__Name</c>), checked at start
/// against the range in <see cref="All"/>; going over one is a typed refusal that is counted by its code.
/// </summary>
internal sealed record ApiLimits
{
    public int BodyBytes { get; init; } = 65_536;

    public int MenuBodyBytes { get; init; } = 1_048_576;

    public int HeaderBytes { get; init; } = 32_768;

    public int Connections { get; init; } = 10_000;

    public int RequestBurst { get; init; } = 600;

    public int RequestsPerSecond { get; init; } = 200;

    public int AnonymousRequestBurst { get; init; } = 200;

    public int AnonymousRequestsPerSecond { get; init; } = 50;

    public int LogInFailuresPerName { get; init; } = 10;

    public int LogInFailuresPerAddress { get; init; } = 100;

    public int LogInWindowSeconds { get; init; } = 300;

    public int LogInsTracked { get; init; } = 10_000;

    public int PasswordChecks { get; init; } = 4;

    public int PasswordChecksWaiting { get; init; } = 64;

    public int TokenMinutes { get; init; } = 90;

    public int RefreshDays { get; init; } = 30;

    public int LogInDays { get; init; } = 90;

    public int LogInsPerUser { get; init; } = 50;

    public int RevocationReadMilliseconds { get; init; } = 1_000;

    public int RevocationStaleSeconds { get; init; } = 5;

    public int UsersPerRestaurant { get; init; } = 200;

    public int ApiKeysPerRestaurant { get; init; } = 50;

    public int EventStreams { get; init; } = 4_000;

    public int EventStreamsPerCaller { get; init; } = 32;

    public int EventQueue { get; init; } = 256;

    public int HeartbeatSeconds { get; init; } = 15;

    public int SlowReaderSeconds { get; init; } = 20;

    public int FeedBacklog { get; init; } = 2_000;

    public int OrdersPerPage { get; init; } = 200;

    public int SubmissionsInFlight { get; init; } = 10_000;

    public int DrainSeconds { get; init; } = 20;

    /// <summary>Every limit with unit and range; the default is the property's.</summary>
    public static IReadOnlyList<ApiLimit> All { get; } =
    [
        new(nameof(BodyBytes), "bytes", 1_024, 16_777_216, (l, v) => l with { BodyBytes = v }),
        new(nameof(MenuBodyBytes), "bytes", 1_024, 16_777_216, (l, v) => l with { MenuBodyBytes = v }),
        new(nameof(HeaderBytes), "bytes", 4_096, 1_048_576, (l, v) => l with { HeaderBytes = v }),
        new(nameof(Connections), "connections", 1, 1_000_000, (l, v) => l with { Connections = v }),
        new(nameof(RequestBurst), "requests", 1, 1_000_000, (l, v) => l with { RequestBurst = v }),
        new(nameof(RequestsPerSecond), "requests/s", 1, 1_000_000, (l, v) => l with { RequestsPerSecond = v }),
        new(nameof(AnonymousRequestBurst), "requests", 1, 1_000_000, (l, v) => l with { AnonymousRequestBurst = v }),
        new(nameof(AnonymousRequestsPerSecond), "requests/s", 1, 1_000_000, (l, v) => l with { AnonymousRequestsPerSecond = v }),
        new(nameof(LogInFailuresPerName), "failures per window", 1, 10_000, (l, v) => l with { LogInFailuresPerName = v }),
        new(nameof(LogInFailuresPerAddress), "failures per window", 1, 1_000_000, (l, v) => l with { LogInFailuresPerAddress = v }),
        new(nameof(LogInWindowSeconds), "s", 1, 86_400, (l, v) => l with { LogInWindowSeconds = v }),
        new(nameof(LogInsTracked), "names and addresses", 16, 1_000_000, (l, v) => l with { LogInsTracked = v }),
        new(nameof(PasswordChecks), "at one time", 1, 256, (l, v) => l with { PasswordChecks = v }),
        new(nameof(PasswordChecksWaiting), "waiting", 0, 10_000, (l, v) => l with { PasswordChecksWaiting = v }),
        new(nameof(TokenMinutes), "min", 1, 1_440, (l, v) => l with { TokenMinutes = v }),
        new(nameof(RefreshDays), "days", 1, 365, (l, v) => l with { RefreshDays = v }),
        new(nameof(LogInDays), "days", 1, 3_650, (l, v) => l with { LogInDays = v }),
        new(nameof(LogInsPerUser), "log-ins", 1, 1_000, (l, v) => l with { LogInsPerUser = v }),
        new(nameof(RevocationReadMilliseconds), "ms", 100, 4_000, (l, v) => l with { RevocationReadMilliseconds = v }),
        new(nameof(RevocationStaleSeconds), "s", 1, 60, (l, v) => l with { RevocationStaleSeconds = v }),
        new(nameof(UsersPerRestaurant), "users", 1, 10_000, (l, v) => l with { UsersPerRestaurant = v }),
        new(nameof(ApiKeysPerRestaurant), "keys", 1, 10_000, (l, v) => l with { ApiKeysPerRestaurant = v }),
        new(nameof(EventStreams), "streams", 1, 100_000, (l, v) => l with { EventStreams = v }),
        new(nameof(EventStreamsPerCaller), "streams", 1, 10_000, (l, v) => l with { EventStreamsPerCaller = v }),
        new(nameof(EventQueue), "events", 8, 65_536, (l, v) => l with { EventQueue = v }),
        new(nameof(HeartbeatSeconds), "s", 1, 120, (l, v) => l with { HeartbeatSeconds = v }),
        new(nameof(SlowReaderSeconds), "s", 1, 600, (l, v) => l with { SlowReaderSeconds = v }),
        new(nameof(FeedBacklog), "orders", 10, 100_000, (l, v) => l with { FeedBacklog = v }),
        new(nameof(OrdersPerPage), "orders", 1, 200, (l, v) => l with { OrdersPerPage = v }),
        new(nameof(SubmissionsInFlight), "submissions", 1, 1_000_000, (l, v) => l with { SubmissionsInFlight = v }),
        new(nameof(DrainSeconds), "s", 0, 600, (l, v) => l with { DrainSeconds = v }),
    ];

    /// <summary>Defaults with what the section sets.</summary>
    /// <exception cref="SettingException">A name is unknown or a value outside its range.</exception>
    public static ApiLimits Read(IConfigurationSection section)
    {
        var limits = new ApiLimits();
        foreach (var given in section.GetChildren())
        {
            var limit = All.FirstOrDefault(known => string.Equals(known.Name, given.Key, StringComparison.OrdinalIgnoreCase))
                ?? throw new SettingException($"setting {given.Path} is unknown; known limits: {string.Join(", ", All.Select(known => known.Name))}");
            if (!int.TryParse(given.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) || value < limit.Least || value > limit.Most)
            {
                throw new SettingException($"setting {given.Path} must be a whole number from {limit.Least} to {limit.Most} ({limit.Unit}), not '{given.Value}'");
            }

            limits = limit.Apply(limits, value);
        }

        return limits;
    }
}
