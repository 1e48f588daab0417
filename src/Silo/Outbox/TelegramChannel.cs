using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using VoiceOrdering.Carts;
using VoiceOrdering.Json;
using VoiceOrdering.Orders;

namespace VoiceOrdering.Silo.Outbox;

/// <summary>Notices to a Telegram chat of the staff by the Bot API's <c>sendMessage</c> (core.telegram.org/bots/api#sendmessage).</summary>
internal sealed class TelegramChannel(OutboxHttp http) : IDeliveryChannel
{
    private const int LongestText = 4_000;

    public DestinationKind Kind => DestinationKind.Telegram;

    public async Task<SendResult> SendAsync(Destination destination, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        if (http.Settings.TelegramToken is not { } token)
        {
            return SendResult.Refused("no bot token is set");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(http.Settings.TelegramAddress, $"/bot{token}/sendMessage"))
        {
            Content = JsonContent.Create(new { chat_id = destination.Address, text = Text(delivery) }),
        };
        return await HttpAttempt.RunAsync(http, http.Bot, request, ReadPauseAsync, cancellationToken);
    }

    // core.telegram.org/bots/api#responseparameters
    private static async Task<TimeSpan?> ReadPauseAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            return answer.RootElement.TryGetProperty("parameters", out var parameters) && parameters.TryGetProperty("retry_after", out var seconds) && seconds.TryGetInt32(out var pause)
                ? TimeSpan.FromSeconds(Math.Clamp(pause, 1, 3_600))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What the staff read: number, lines, total. Nothing of the customer.</summary>
    private static string Text(OutboxDelivery delivery)
    {
        var order = JsonSerializer.Deserialize<OrderView>(delivery.PayloadJson, WireJson.Options)!;
        var text = new StringBuilder(order.Status == OrderStatus.Cancelled ? "Cancelled: order " : "New order ").Append(order.Number);
        foreach (var line in order.Lines)
        {
            text.Append('\n').Append(line.Quantity).Append(" × ").Append(line.SizeName is null ? line.Name : $"{line.Name}, {line.SizeName}");
            foreach (var without in line.Without)
            {
                text.Append("\n    no ").Append(without.Name);
            }

            foreach (var with in line.Options)
            {
                text.Append("\n    + ").Append(with.Name);
            }

            foreach (var amount in line.Amounts)
            {
                text.Append("\n    ").Append(Wish(amount.Amount, amount.Name));
            }

            foreach (var wish in line.Requests)
            {
                text.Append("\n    ").Append(Wish(wish.Kind, wish.Subject));
            }
        }

        text.Append("\nTotal ").Append(Grains.CurrencyText.Amount(order.Total.AmountMinor, order.Total.Currency)).Append(' ').Append(order.Total.Currency);
        return text.Length <= LongestText ? text.ToString() : text.ToString(0, LongestText) + "…";
    }

    private static string Wish(string amount, string name) => amount switch
    {
        OptionAmounts.None => $"no {name}",
        OptionAmounts.Side => $"{name} on the side",
        _ => $"{amount} {name}",
    };
}
