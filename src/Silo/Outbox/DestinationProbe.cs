namespace VoiceOrdering.Silo.Outbox;

/// <summary>Tries a destination out at once: whether its address is accepted, and what it answers to a test event.</summary>
internal sealed class DestinationProbe(IEnumerable<IDeliveryChannel> channels, OutboxHttp http, TimeProvider time) : IDestinationProbe
{
    private const string Sample = """
        {"id":"ord_test","number":"000","restaurant":"test","session":"ses_test","status":"placed","lines":[],"subtotal":{"amountMinor":0,"currency":"USD"},
         "tax":{"amountMinor":0,"currency":"USD"},"total":{"amountMinor":0,"currency":"USD"},"placedAt":"2026-01-01T00:00:00Z","changedAt":"2026-01-01T00:00:00Z","version":1,"via":"test"}
        """;

    public string? Judge(DestinationKind kind, string address) => kind switch
    {
        DestinationKind.Pos => http.Guard.Judge(address),
        // A numeric chat id, or the @name of a public channel (core.telegram.org/bots/api#sendmessage).
        _ => address.Length is > 1 and <= 64 && (address[0] == '@' ? address.Skip(1).All(c => char.IsAsciiLetterOrDigit(c) || c == '_') : long.TryParse(address, out _))
            ? null
            : "The chat is a numeric id, or the @name of a public channel.",
    };

    public async Task<string?> TryAsync(Destination destination, CancellationToken cancellationToken)
    {
        var delivery = new OutboxDelivery($"test-{destination.Id}-{time.GetUtcNow().ToUnixTimeMilliseconds()}", destination.Id, "test", destination.Restaurant, "ord_test", Sample, time.GetUtcNow(), 0);
        var result = await channels.First(channel => channel.Kind == destination.Kind).SendAsync(destination, delivery, cancellationToken);
        return result.Outcome == SendOutcome.Delivered ? null : result.Error;
    }
}

/// <summary>Tries destinations out.</summary>
public interface IDestinationProbe
{
    /// <summary>Why the address cannot be one of this kind, as a sentence; null when it can.</summary>
    string? Judge(DestinationKind kind, string address);

    /// <summary>Sends a test event (kind <c>test</c>, order <c>ord_test</c>); why it failed, or null when it was taken.</summary>
    Task<string?> TryAsync(Destination destination, CancellationToken cancellationToken);
}
