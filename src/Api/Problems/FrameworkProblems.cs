using Microsoft.AspNetCore.Diagnostics;
using VoiceOrdering.Api.Hosting;

namespace VoiceOrdering.Api.Problems;

/// <summary>Gives a body to the errors the framework answers with a bare status.</summary>
internal static class FrameworkProblems
{
    /// <summary>For <c>UseStatusCodePages</c>.</summary>
    public static Task WriteAsync(StatusCodeContext context) =>
        ForStatus(context.HttpContext.Response.StatusCode, context.HttpContext).ExecuteAsync(context.HttpContext);

    /// <summary>The problem for a bare status.</summary>
    public static ApiProblem ForStatus(int status, HttpContext context) => status switch
    {
        400 => new(400, "REQUEST_INVALID", "The request could not be read: a parameter or the body is missing or has the wrong form."),
        404 => new(404, "NOT_FOUND", "There is nothing at this address."),
        405 => new(405, "METHOD_NOT_ALLOWED", $"{context.Request.Method} is not offered here; the Allow header lists what is."),
        406 => new(406, "NOT_ACCEPTABLE", "The answer cannot be given in the form the Accept header asks for."),
        408 => new(408, "REQUEST_TIMEOUT", "The request did not arrive in time."),
        413 => TooLarge(context),
        415 => new(415, "MEDIA_TYPE_UNSUPPORTED", "The Content-Type is not accepted here: JSON is sent as application/json in UTF-8, an SDP offer as application/sdp."),
        431 => new(431, "HEADERS_TOO_LARGE", "The header fields are too large."),
        >= 500 => new(status, "INTERNAL_ERROR", "Something went wrong on our side; the requestId finds it in the logs."),
        _ => new(status, "REQUEST_REFUSED", "The request was refused."),
    };

    private static ApiProblem TooLarge(HttpContext context)
    {
        var limits = context.RequestServices.GetRequiredService<ApiLimits>();
        var isMenu = context.GetEndpoint()?.Metadata.GetMetadata<MenuSizedBody>() is not null;
        var (name, bytes) = isMenu ? (nameof(ApiLimits.MenuBodyBytes), limits.MenuBodyBytes) : (nameof(ApiLimits.BodyBytes), limits.BodyBytes);
        return new ApiProblem(413, "BODY_TOO_LARGE", $"The body is larger than {bytes} bytes.").With("limit", name).With("limitBytes", bytes);
    }
}
