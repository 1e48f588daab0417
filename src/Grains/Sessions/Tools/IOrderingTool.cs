using VoiceOrdering.Carts;
using VoiceOrdering.Customers;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Grains.Telemetry;
using VoiceOrdering.Identity;
using VoiceOrdering.Sessions;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>One function the model may call.</summary>
internal interface IOrderingTool
{
    string Name { get; }

    /// <summary>When to use it, for the model.</summary>
    string Description { get; }

    /// <summary>The flag that has to be on for it, or null when it is always there.</summary>
    string? Flag => null;

    /// <summary>JSON Schema of the arguments, with closed sorted enumerations from the live menu.</summary>
    ToolSchema SchemaFor(MenuIndex menu, Limits limits);

    /// <summary>Does what the arguments say. Expected noes are results; exceptions are infrastructure.</summary>
    Task<ToolResult> RunAsync(ToolScene scene, ToolArguments arguments);
}

/// <summary>Where a tool runs.</summary>
/// <param name="Session">The session.</param>
/// <param name="Caller">The session's owner, in whose name the tool acts.</param>
/// <param name="Cart">The session's cart.</param>
/// <param name="Menu">The live menu.</param>
/// <param name="CallId">The provider's call id; the key of any change.</param>
/// <param name="Via"><c>voice</c> or <c>text</c>.</param>
/// <param name="Limits">The domain's limits.</param>
/// <param name="AcceptAt">Confidence from which words are taken without asking; by the session's flags.</param>
/// <param name="Metrics">Where matches and their corrections are counted.</param>
internal sealed record ToolScene(SessionId Session, Caller Caller, ICartGrain Cart, MenuIndex Menu, string CallId, string Via, Limits Limits, double AcceptAt, OrderingMetrics Metrics)
{
    /// <summary>What a change of the cart carries: a repeated call is applied once.</summary>
    public CartChange Change => new(CallId, null);

    /// <summary>Way to the grains of customers, vouchers and orders.</summary>
    public required IGrainFactory Grains { get; init; }

    /// <summary>Whether a flag is on for this session and not switched off for everybody meanwhile.</summary>
    public required Func<string, Task<bool>> IsOnAsync { get; init; }

    /// <summary>Customers of the restaurant.</summary>
    public ICustomersGrain Customers => Grains.GetGrain<ICustomersGrain>(Caller.Restaurant.Value);

    /// <summary>Vouchers of the restaurant.</summary>
    public IVouchersGrain Vouchers => Grains.GetGrain<IVouchersGrain>(Caller.Restaurant.Value);
}
