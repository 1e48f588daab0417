using VoiceOrdering.Api.Problems;

namespace VoiceOrdering.Api.Identity;

/// <summary>Answers 404 to ids that cannot be ours before a grain is activated for them.</summary>
internal sealed class PathIdFilter : IEndpointFilter
{
    private const int LongestId = 128;

    private static readonly (string Route, string Code, string Sentence)[] Kinds =
    [
        ("sessionId", RefusalCodes.SessionUnknown, "There is no such session."),
        ("orderId", RefusalCodes.OrderUnknown, "There is no such order."),
        ("menuId", RefusalCodes.MenuMissing, "There is no such menu."),
        ("itemId", RefusalCodes.ItemUnknown, "There is no such item."),
        ("optionId", RefusalCodes.OptionUnknown, "There is no such option."),
        ("destinationId", "DESTINATION_UNKNOWN", "There is no such destination."),
        ("customerId", RefusalCodes.CustomerUnknown, "There is no such customer."),
        ("lineId", RefusalCodes.LineUnknown, "The cart has no such line."),
    ];

    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var (route, code, sentence) in Kinds)
        {
            if (context.HttpContext.Request.RouteValues.TryGetValue(route, out var value) && !IsWellFormed(value as string))
            {
                return ValueTask.FromResult<object?>(new ApiProblem(404, code, sentence));
            }
        }

        return next(context);
    }

    private static bool IsWellFormed(string? id) =>
        id is { Length: > 0 and <= LongestId } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
