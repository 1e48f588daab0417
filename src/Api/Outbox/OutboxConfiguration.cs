using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Silo.Outbox;

namespace VoiceOrdering.Api.Outbox;

/// <summary>Reads the outbox's settings: section <c>VoiceOrdering:Outbox</c>, and the bot's token from <c>TELEGRAM_BOT_TOKEN</c> only.</summary>
internal static class OutboxConfiguration
{
    public static OutboxSettings Read(IConfiguration configuration, ApiSettings settings)
    {
        // A point of sale on the developer's own machine is the usual first try.
        var defaults = new OutboxSettings { AllowPrivateAddresses = settings.IsDevelopment, TelegramToken = NullIfEmpty(configuration["TELEGRAM_BOT_TOKEN"]) };
        var section = configuration.GetSection("VoiceOrdering:Outbox");
        return defaults with
        {
            Timeout = section.GetValue(nameof(OutboxSettings.Timeout), defaults.Timeout),
            FirstRetry = section.GetValue(nameof(OutboxSettings.FirstRetry), defaults.FirstRetry),
            LongestRetry = section.GetValue(nameof(OutboxSettings.LongestRetry), defaults.LongestRetry),
            DeadAfter = section.GetValue(nameof(OutboxSettings.DeadAfter), defaults.DeadAfter),
            PerDestination = section.GetValue(nameof(OutboxSettings.PerDestination), defaults.PerDestination),
            AtOnce = section.GetValue(nameof(OutboxSettings.AtOnce), defaults.AtOnce),
            AllowPrivateAddresses = section.GetValue(nameof(OutboxSettings.AllowPrivateAddresses), defaults.AllowPrivateAddresses),
            TelegramAddress = section.GetValue(nameof(OutboxSettings.TelegramAddress), defaults.TelegramAddress)!,
        };
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
