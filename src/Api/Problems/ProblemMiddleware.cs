using System.Data.Common;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Orleans.Runtime;
using VoiceOrdering.Silo.Storage;

namespace VoiceOrdering.Api.Problems;

/// <summary>
/// Turns exceptions into problems: a request that could not be read is the client's (4xx), infrastructure is a fault (503 with a time to retry),
/// anything else is a bug (500, logged as an error). Exception texts never reach the client.
/// </summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    private static readonly TimeSpan FaultRetry = TimeSpan.FromSeconds(2);

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; 499 is what proxies log for that, nobody reads it.
            context.Response.StatusCode = 499;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var problem = ToProblem(exception, context);
            if (problem.Status >= 500)
            {
                logger.LogError(exception, "Request failed with {Code}", problem.Code);
            }

            context.Response.Clear();
            await problem.ExecuteAsync(context);
        }
    }

    private static ApiProblem ToProblem(Exception exception, HttpContext context) => exception switch
    {
        BadHttpRequestException bad => BadRequest(bad, context),
        // The framework reads JSON in the charset the client names, and throws as if the program were wrong when there is no such charset.
        InvalidOperationException when HasUnknownCharset(context.Request) => FrameworkProblems.ForStatus(StatusCodes.Status415UnsupportedMediaType, context),
        StorageException or DbException or TimeoutException or OrleansException or IOException =>
            new ApiProblem(503, "SERVICE_UNAVAILABLE", "A part of the service does not answer; nothing was acknowledged, try again.") { RetryAfter = FaultRetry },
        OperationCanceledException =>
            new ApiProblem(503, "SERVICE_STOPPING", "The service is being stopped; try again.") { RetryAfter = FaultRetry },
        _ => new ApiProblem(500, "INTERNAL_ERROR", "Something went wrong on our side; the requestId finds it in the logs."),
    };

    private static bool HasUnknownCharset(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.Charset.HasValue)
        {
            return false;
        }

        // Null where the name is none: the very question the framework asked.
        return type.Encoding is null;
    }

    private static ApiProblem BadRequest(BadHttpRequestException bad, HttpContext context)
    {
        if (bad.InnerException is JsonException json)
        {
            var problem = new ApiProblem(400, "BODY_INVALID", $"The body is not the JSON that is expected here, at {json.Path ?? "$"}.").With("path", json.Path ?? "$");
            return json.LineNumber is { } line ? problem.With("line", line + 1).With("byteInLine", json.BytePositionInLine ?? 0) : problem;
        }

        return bad.StatusCode == StatusCodes.Status400BadRequest
            ? new ApiProblem(400, "REQUEST_INVALID", "The request could not be read: a parameter or the body is missing or has the wrong form.")
            : FrameworkProblems.ForStatus(bad.StatusCode, context);
    }
}
