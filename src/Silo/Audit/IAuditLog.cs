namespace VoiceOrdering.Silo.Audit;

/// <summary>Who did what and when. Rows are only added; changes of orders add theirs in the order's own transaction.</summary>
public interface IAuditLog
{
    /// <summary>Adds a row; durable when it returns.</summary>
    Task AddAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Rows, newest first.</summary>
    Task<IReadOnlyList<AuditRow>> ListAsync(AuditQuery query, CancellationToken cancellationToken);
}

/// <summary>Something that was done.</summary>
/// <param name="Restaurant">The restaurant it concerns; empty for the platform.</param>
/// <param name="Subject">Who did it.</param>
/// <param name="Action">Dotted words, such as <c>user.created</c>.</param>
/// <param name="Target">Id of what it was done to.</param>
/// <param name="Detail">More, without secrets and personal data; may be empty.</param>
public sealed record AuditEntry(string Restaurant, string Subject, string Action, string Target, string Detail);

/// <summary>A row of the audit.</summary>
/// <param name="AuditId">Grows with time.</param>
/// <param name="At">UTC.</param>
/// <param name="RestaurantId">The restaurant it concerns; empty for the platform.</param>
/// <param name="By">Who did it.</param>
/// <param name="Action">Dotted words.</param>
/// <param name="Target">Id of what it was done to.</param>
/// <param name="Detail">More; may be empty.</param>
public sealed record AuditRow(long AuditId, DateTimeOffset At, string RestaurantId, string By, string Action, string Target, string Detail);

/// <summary>Which rows to list.</summary>
/// <param name="Restaurant">Only of this restaurant; null for all.</param>
/// <param name="Target">Only of this target; null for all.</param>
/// <param name="Before">Only rows before this id; null from the newest.</param>
/// <param name="Limit">1–200.</param>
public sealed record AuditQuery(string? Restaurant, string? Target, long? Before, int Limit);
