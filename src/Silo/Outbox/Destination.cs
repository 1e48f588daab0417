namespace VoiceOrdering.Silo.Outbox;

/// <summary>How a destination is reached.</summary>
public enum DestinationKind
{
    /// <summary>A webhook of the restaurant's point of sale.</summary>
    Pos = 0,
    /// <summary>A Telegram chat of the staff.</summary>
    Telegram = 1,
}

/// <summary>Where a restaurant wants to be told of its orders.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Restaurant">The restaurant.</param>
/// <param name="Kind">How it is reached.</param>
/// <param name="Address">Webhook URL, or Telegram chat id.</param>
/// <param name="IsEnabled">A destination that is switched off gets no new deliveries; pending ones wait.</param>
/// <param name="CreatedAt">UTC.</param>
public sealed record Destination(string Id, string Restaurant, DestinationKind Kind, string Address, bool IsEnabled, DateTimeOffset CreatedAt)
{
    /// <summary>Secrets that sign webhooks, newest first; two while one is being replaced. Never shown again after they were made.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Until when the second secret signs, UTC.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>Secrets that sign at an instant.</summary>
    public IEnumerable<string> SecretsAt(DateTimeOffset now) => PreviousSecretUntil > now ? Secrets : Secrets.Take(1);
}

/// <summary>The destinations of all restaurants, durable.</summary>
public interface IDestinationStore
{
    /// <summary>A restaurant's destinations, oldest first.</summary>
    Task<IReadOnlyList<Destination>> ListAsync(string restaurant, CancellationToken cancellationToken);

    /// <summary>One destination, or null.</summary>
    Task<Destination?> FindAsync(string destinationId, CancellationToken cancellationToken);

    /// <summary>Adds one unless the restaurant has as many as it may.</summary>
    /// <returns>False when there are <paramref name="most"/> already.</returns>
    Task<bool> AddAsync(Destination destination, int most, CancellationToken cancellationToken);

    /// <summary>Replaces address and switch of a restaurant's destination; its secrets stay as they are.</summary>
    /// <returns>False when the restaurant has no such destination.</returns>
    Task<bool> ChangeAsync(Destination destination, CancellationToken cancellationToken);

    /// <summary>Replaces the secrets of a restaurant's destination and nothing else, so that no change of its address can bring an old secret back.</summary>
    /// <returns>False when the restaurant has no such destination.</returns>
    Task<bool> RotateAsync(Destination destination, CancellationToken cancellationToken);

    /// <summary>Removes it; what is pending for it goes to the dead letters.</summary>
    /// <returns>False when the restaurant has no such destination.</returns>
    Task<bool> RemoveAsync(string restaurant, string destinationId, CancellationToken cancellationToken);
}
