using System.Text.Json;

namespace VoiceOrdering.Api.Tests.Hosting;

/// <summary>An answer, read to its end.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Text">Body.</param>
/// <param name="MediaType">Content type without parameters, or null.</param>
/// <param name="Headers">All headers, by lower-case name.</param>
public sealed record ApiAnswer(int Status, string Text, string? MediaType, Dictionary<string, string> Headers)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The entity tag.</summary>
    public string ETag => Headers["etag"];

    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(", ", header.Value));
        return new ApiAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType, headers);
    }

    /// <summary>Fails with the body when the status is another one.</summary>
    public ApiAnswer ShouldBe(int status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }

    /// <summary>Fails unless this is a complete problem with status and code.</summary>
    public JsonElement ShouldBeProblem(int status, string code)
    {
        Status.ShouldBe(status, Text);
        MediaType.ShouldBe("application/problem+json", Text);
        var problem = Json;
        problem.GetProperty("code").GetString().ShouldBe(code, Text);
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("type").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("requestId").GetString().ShouldBe(Headers["x-request-id"]);
        if (status == 429 || code is "SUBMISSION_IN_FLIGHT" || status == 503)
        {
            int.Parse(Headers["retry-after"]).ShouldBeGreaterThan(0);
        }

        return problem;
    }
}
