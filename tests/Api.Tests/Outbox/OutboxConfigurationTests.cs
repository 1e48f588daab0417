using Microsoft.Extensions.Configuration;
using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Outbox;
using VoiceOrdering.Silo.Outbox;

namespace VoiceOrdering.Api.Tests.Outbox;

/// <summary>What the process takes from its surroundings.</summary>
public sealed class OutboxConfigurationTests
{
    [Fact]
    public void Every_setting_can_be_set_and_what_is_left_out_has_its_default()
    {
        var given = new Dictionary<string, string>
        {
            [nameof(OutboxSettings.Timeout)] = "00:00:03",
            [nameof(OutboxSettings.PerDestination)] = "2",
            [nameof(OutboxSettings.AtOnce)] = "7",
            [nameof(OutboxSettings.FirstRetry)] = "00:00:02",
            [nameof(OutboxSettings.LongestRetry)] = "00:01:00",
            [nameof(OutboxSettings.DeadAfter)] = "01:00:00",
            [nameof(OutboxSettings.FailuresToPause)] = "9",
            [nameof(OutboxSettings.DestinationsPerRestaurant)] = "3",
            [nameof(OutboxSettings.SecretOverlap)] = "02:00:00",
            [nameof(OutboxSettings.AllowPrivateAddresses)] = "true",
            [nameof(OutboxSettings.TelegramAddress)] = "http://127.0.0.1:9/",
            [nameof(OutboxSettings.TelegramPerMinute)] = "4",
        };
        var settings = Read(given.ToDictionary(pair => $"VoiceOrdering:Outbox:{pair.Key}", pair => pair.Value));

        settings.Faults().ShouldBeEmpty();
        foreach (var property in typeof(OutboxSettings).GetProperties().Where(property => property.Name != nameof(OutboxSettings.TelegramToken)))
        {
            given.ShouldContainKey(property.Name);
            property.GetValue(settings).ShouldNotBe(property.GetValue(new OutboxSettings()), property.Name);
        }

        Read([]).ShouldBe(new OutboxSettings());
    }

    [Fact]
    public void The_bots_token_comes_from_the_environment_or_a_file()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "123:from-file\n");
            Read(new() { ["TELEGRAM_BOT_TOKEN_FILE"] = file }).TelegramToken.ShouldBe("123:from-file");
            Read(new() { ["TELEGRAM_BOT_TOKEN_FILE"] = file, ["TELEGRAM_BOT_TOKEN"] = "123:direct" }).TelegramToken.ShouldBe("123:direct");
        }
        finally
        {
            File.Delete(file);
        }

        Should.Throw<SettingException>(() => Read(new() { ["TELEGRAM_BOT_TOKEN_FILE"] = file }));
        Should.Throw<SettingException>(() => Read(new() { ["VoiceOrdering:Outbox:Timeout"] = "soon" })).Message.ShouldContain("outbox");
    }

    [Fact]
    public void Only_development_sends_to_this_machine_unless_it_is_said()
    {
        Read([]).AllowPrivateAddresses.ShouldBeFalse();
        Read([], "Development").AllowPrivateAddresses.ShouldBeTrue();
        Read(new() { ["VoiceOrdering:Outbox:AllowPrivateAddresses"] = "false" }, "Development").AllowPrivateAddresses.ShouldBeFalse();
    }

    private static OutboxSettings Read(Dictionary<string, string> given, string environment = "Production") => OutboxConfiguration.Read(
        new ConfigurationBuilder().AddInMemoryCollection(given.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build(), new ApiSettings { Environment = environment });
}
