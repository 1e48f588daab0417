using VoiceOrdering.Flags;
using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Grains.Sessions.Tools;
using VoiceOrdering.Grains.Telemetry;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Grains.Sessions;

/// <summary>What a session grain needs beside its state.</summary>
internal sealed record SessionSurroundings(ToolRegistry Tools, MenuIndexCache Menus, IIdSource Ids, TimeProvider Time, Limits Limits, OrderingMetrics Metrics, IFlagDecisions Flags);
