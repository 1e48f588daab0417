using VoiceOrdering.Api.Identity;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Api.Menus;

/// <summary>The menu in force.</summary>
internal sealed record MenuBody(long Version, Menu Menu);

/// <summary>The version a menu was stored under.</summary>
internal sealed record MenuVersionBody(long Version);

/// <summary>One fault of a refused menu.</summary>
internal sealed record MenuFaultBody(string Path, string Code, string Detail);

/// <summary>Words to be understood.</summary>
internal sealed record ParseOrderRequest : TenantScopedRequest
{
    public string? Text { get; init; }

    public double? Threshold { get; init; }
}
