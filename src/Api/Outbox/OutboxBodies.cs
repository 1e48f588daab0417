using VoiceOrdering.Api.Identity;
using VoiceOrdering.Silo.Outbox;

namespace VoiceOrdering.Api.Outbox;

/// <summary>A destination to add or change; what is left out stays, when it is changed.</summary>
internal sealed record DestinationRequest : TenantScopedRequest
{
    /// <summary>pos or telegram; only when it is added.</summary>
    public DestinationKind? Kind { get; init; }

    /// <summary>Webhook URL, or Telegram chat id.</summary>
    public string? Address { get; init; }

    public bool? Enabled { get; init; }
}

/// <summary>A destination on the wire; its secret is only in the answer to the request that made it.</summary>
internal sealed record DestinationBody
{
    public required string DestinationId { get; init; }

    public required DestinationKind Kind { get; init; }

    public required string Address { get; init; }

    public required bool Enabled { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when the secret before the last one still signs.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>Shown once.</summary>
    public string? Secret { get; init; }

    public static DestinationBody From(Destination destination, string? secret = null) => new()
    {
        DestinationId = destination.Id,
        Kind = destination.Kind,
        Address = destination.Address,
        Enabled = destination.IsEnabled,
        CreatedAt = destination.CreatedAt,
        PreviousSecretUntil = destination.PreviousSecretUntil,
        Secret = secret,
    };
}

/// <summary>What a test event came to.</summary>
internal sealed record ProbeBody(bool Delivered, string? Error);

/// <summary>A page of deliveries, newest first.</summary>
internal sealed record DeliveriesBody(IReadOnlyList<DeliveryRecord> Deliveries, string? NextCursor);

/// <summary>How many deliveries are sent again.</summary>
internal sealed record ReplayBody(int Replayed);
