using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Silo.Outbox;

namespace VoiceOrdering.Api.Outbox;

/// <summary>Reads the outbox's settings: section <c>VoiceOrdering:Outbox</c>, and the bot's token from <c>TELEGRAM_BOT_TOKEN</c> or the file <c>TELEGRAM_BOT_TOKEN_FILE</c> names.</summary>
internal static class OutboxConfiguration
{
    /// <exception cref="SettingException">A value cannot be read; its range is checked with the other settings of the silo.</exception>
    public static OutboxSettings Read(IConfiguration configuration, ApiSettings settings)
    {
        try
        {
            return ReadAll(configuration, settings);
        }
        catch (Exception fault) when (fault is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"a setting of the outbox cannot be read: {fault.Message}");
        }
    }

    private static OutboxSettings ReadAll(IConfiguration configuration, ApiSettings settings)
    {
        // A point of sale on the developer's own machine is the usual first try.
        var defaults = new OutboxSettings { AllowPrivateAddresses = settings.IsDevelopment, TelegramToken = NullIfEmpty(configuration["TELEGRAM_BOT_TOKEN"]) ?? TokenFrom(configuration["TELEGRAM_BOT_TOKEN_FILE"]) };
        var section = configuration.GetSection("VoiceOrdering:Outbox");
        return defaults with
        {
            Timeout = section.GetValue(nameof(OutboxSettings.Timeout), defaults.Timeout),
            FirstRetry = section.GetValue(nameof(OutboxSettings.FirstRetry), defaults.FirstRetry),
            LongestRetry = section.GetValue(nameof(OutboxSettings.LongestRetry), defaults.LongestRetry),
            DeadAfter = section.GetValue(nameof(OutboxSettings.DeadAfter), defaults.DeadAfter),
            PerDestination = section.GetValue(nameof(OutboxSettings.PerDestination), defaults.PerDestination),
            AtOnce = section.GetValue(nameof(OutboxSettings.AtOnce), defaults.AtOnce),
            FailuresToPause = section.GetValue(nameof(OutboxSettings.FailuresToPause), defaults.FailuresToPause),
            DestinationsPerRestaurant = section.GetValue(nameof(OutboxSettings.DestinationsPerRestaurant), defaults.DestinationsPerRestaurant),
            SecretOverlap = section.GetValue(nameof(OutboxSettings.SecretOverlap), defaults.SecretOverlap),
            TelegramPerMinute = section.GetValue(nameof(OutboxSettings.TelegramPerMinute), defaults.TelegramPerMinute),
            AllowPrivateAddresses = section.GetValue(nameof(OutboxSettings.AllowPrivateAddresses), defaults.AllowPrivateAddresses),
            TelegramAddress = section.GetValue(nameof(OutboxSettings.TelegramAddress), defaults.TelegramAddress)!,
        };
    }

    private static string? TokenFrom(string? file) => string.IsNullOrEmpty(file) ? null : NullIfEmpty(File.ReadAllText(file).Trim());

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
