using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Outbox;

namespace VoiceOrdering.Api.Outbox;

/// <summary>What the endpoints of destinations work with.</summary>
internal sealed record DestinationParts(IDestinationStore Store, IOutbox Outbox, IDestinationProbe Probe, OutboxSettings Settings, DestinationTools Tools)
{
    public IIdSource Ids => Tools.Ids;

    public TimeProvider Time => Tools.Time;

    /// <summary>Tells the sender that something may be due.</summary>
    public void Wake() => Tools.Wake.Raise();
}

/// <summary>Ids, clock and the sender's bell.</summary>
internal sealed record DestinationTools(IIdSource Ids, TimeProvider Time, IOutboxBell Wake);
