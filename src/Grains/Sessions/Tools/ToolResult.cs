using VoiceOrdering.Carts;
using VoiceOrdering.Orders;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>What a tool did.</summary>
/// <param name="OutputJson">The answer for the model.</param>
internal sealed record ToolResult(string OutputJson)
{
    /// <summary>Code of the refusal, or null when it was done.</summary>
    public string? Code { get; init; }
    /// <summary>The cart when it was changed.</summary>
    public CartView? Changed { get; init; }
    /// <summary>The order when one was placed.</summary>
    public OrderView? Order { get; init; }
    /// <summary>Whether the call is to end after the last words.</summary>
    public bool EndsCall { get; init; }

    public static ToolResult Refuse(Refusal refusal) => new(ToolOutput.Refused(refusal)) { Code = refusal.Code };
}
