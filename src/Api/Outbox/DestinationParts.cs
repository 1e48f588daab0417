using VoiceOrdering.Api.Identity;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Audit;
using VoiceOrdering.Silo.Outbox;

namespace VoiceOrdering.Api.Outbox;

/// <summary>What the endpoints of destinations work with.</summary>
internal sealed record DestinationParts(IDestinationStore Store, IOutbox Outbox, IDestinationProbe Probe, OutboxSettings Settings, DestinationTools Tools)
{
    public IIdSource Ids => Tools.Ids;

    public TimeProvider Time => Tools.Time;

    /// <summary>Tells the sender that a destination is to be tried at once.</summary>
    public void Hurry(string destinationId) => Tools.Bell.Hurry(destinationId);

    /// <summary>Writes down who did what to a destination; its address is not in it, for it may carry a key of the receiver's.</summary>
    public Task AuditAsync(string action, Destination destination, HttpContext http) => Tools.Audit.AddAsync(
        AuditTrail.Entry(http, destination.Restaurant, action, destination.Id, destination.Kind.ToString().ToLowerInvariant()), http.RequestAborted);

    /// <summary>Sends all dead letters of a destination again.</summary>
    public async Task<IResult> ReplayDeadAsync(Destination destination, HttpContext http)
    {
        var replayed = await Outbox.ReplayDeadAsync(destination.Id, http.RequestAborted);
        await AuditAsync("destination.replayed", destination, http);
        Hurry(destination.Id);
        return Results.Ok(new ReplayBody(replayed));
    }
}

/// <summary>Ids, clock, the sender's bell and the audit.</summary>
internal sealed record DestinationTools(IIdSource Ids, TimeProvider Time, IOutboxBell Bell, IAuditLog Audit);
