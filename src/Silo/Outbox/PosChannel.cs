using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using VoiceOrdering.Json;

namespace VoiceOrdering.Silo.Outbox;

/// <summary>Signed webhooks to a restaurant's point of sale (docs/reference/webhooks.md).</summary>
internal sealed class PosChannel(OutboxHttp http) : IDeliveryChannel
{
    public DestinationKind Kind => DestinationKind.Pos;

    public async Task<SendResult> SendAsync(Destination destination, OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        if (http.Guard.Judge(destination.Address) is { } fault)
        {
            return SendResult.Refused(fault);
        }

        var body = Encoding.UTF8.GetBytes(Body(delivery));
        var now = http.Time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, destination.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Sign(destination.SecretsAt(now), body, now));
        request.Headers.Add("X-VoiceOrdering-Delivery", delivery.DeliveryId);
        request.Headers.Add("X-VoiceOrdering-Event", delivery.Kind);
        request.Headers.Add("X-VoiceOrdering-Attempt", (delivery.Attempts + 1).ToString(CultureInfo.InvariantCulture));
        return await HttpAttempt.RunAsync(http, http.Client, request, readPause: null, cancellationToken);
    }

    /// <summary>The same bytes for every attempt at the same delivery.</summary>
    private static string Body(OutboxDelivery delivery) => new JsonObject
    {
        ["deliveryId"] = delivery.DeliveryId,
        ["event"] = delivery.Kind,
        ["restaurantId"] = delivery.Restaurant,
        ["orderId"] = delivery.Order,
        ["order"] = JsonNode.Parse(delivery.PayloadJson),
    }.ToJsonString(WireJson.Options);
}
