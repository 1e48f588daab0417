using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Problems;

namespace VoiceOrdering.Api.Hosting;

/// <summary>Request rates: one bucket per caller, and one per address for requests without a valid token.</summary>
internal static class ApiRateLimits
{
    public static void AddApiRateLimits(this IServiceCollection services, ApiLimits limits) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (context, _) => new ValueTask(Rejected(context).ExecuteAsync(context.HttpContext));
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => PartitionOf(context, limits));
    });

    private static RateLimitPartition<string> PartitionOf(HttpContext context, ApiLimits limits)
    {
        if (!context.Request.Path.StartsWithSegments("/api"))
        {
            return RateLimitPartition.GetNoLimiter(string.Empty);
        }

        return context.User.FindSubject() is { } subject
            ? Bucket($"caller {subject}", limits.RequestBurst, limits.RequestsPerSecond)
            : Bucket($"address {context.Connection.RemoteIpAddress}", limits.AnonymousRequestBurst, limits.AnonymousRequestsPerSecond);
    }

    private static RateLimitPartition<string> Bucket(string key, int burst, int perSecond) => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = burst,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    });

    private static ApiProblem Rejected(OnRejectedContext context) =>
        new(429, "RATE_LIMITED", "Too many requests; slow down.")
        {
            RetryAfter = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1),
        };
}
