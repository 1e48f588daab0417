using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Grains.Telemetry;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;

namespace VoiceOrdering.Grains.Carts;

/// <summary>What a cart grain needs beside its state.</summary>
internal sealed record CartSurroundings(IOrderStore Orders, MenuIndexCache Menus, IIdSource Ids, TimeProvider Time, Limits Limits, OrderingMetrics Metrics);
