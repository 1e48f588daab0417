using Microsoft.AspNetCore.WebUtilities;
using VoiceOrdering.Api.Observability;

namespace VoiceOrdering.Api.Problems;

/// <summary>
/// An error answer as RFC 9457 problem details: <c>type,title,status,detail,code,requestId</c> plus members of its own.
/// It is a result, so that an endpoint returns it like any other answer.
/// </summary>
/// <param name="Status">HTTP status, 400 to 599.</param>
/// <param name="Code">Stable, upper snake case; listed in docs/reference/http.md.</param>
/// <param name="Detail">One sentence for people; never an exception's text.</param>
internal sealed record ApiProblem(int Status, string Code, string Detail) : IResult
{
    /// <summary>When the client may try again; becomes the Retry-After header (RFC 9110 section 10.2.3), rounded up to whole seconds.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Further members of the problem object.</summary>
    public IReadOnlyDictionary<string, object?>? Members { get; init; }

    /// <summary>Value of the WWW-Authenticate header of a 401.</summary>
    public string? Challenge { get; init; }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = ((long)Math.Max(1, Math.Ceiling(wait.TotalSeconds))).ToString();
        }

        if (Challenge is not null)
        {
            response.Headers.WWWAuthenticate = Challenge;
        }

        httpContext.RequestServices.GetService<ApiMetrics>()?.CountProblem(Code);
        var body = new Dictionary<string, object?>
        {
            ["type"] = $"urn:voiceordering:problem:{Code}",
            ["title"] = ReasonPhrases.GetReasonPhrase(Status),
            ["status"] = Status,
            ["detail"] = Detail,
            ["code"] = Code,
            ["requestId"] = RequestId.Of(httpContext),
        };
        foreach (var (name, value) in Members ?? new Dictionary<string, object?>())
        {
            body[name] = value;
        }

        await response.WriteAsJsonAsync(body, ApiJson.Options, "application/problem+json", httpContext.RequestAborted);
    }

    /// <summary>The same problem with one more member.</summary>
    public ApiProblem With(string name, object? value)
    {
        var members = new Dictionary<string, object?>(Members ?? new Dictionary<string, object?>()) { [name] = value };
        return this with { Members = members };
    }
}
