using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace VoiceOrdering.Api.Tests.Hosting;

/// <summary>Sends requests as one user.</summary>
public sealed class ApiClient(HttpClient http, string? token)
{
    /// <summary>The token, for requests a test builds itself.</summary>
    public string? Token => token;

    /// <summary>The connections, for requests a test builds itself.</summary>
    public HttpClient Http => http;

    public Task<ApiAnswer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<ApiAnswer> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Delete, path, null, headers);

    public Task<ApiAnswer> PostAsync(string path, object? body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, Json(body), headers);

    public Task<ApiAnswer> PatchAsync(string path, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Patch, path, Json(body), headers);

    public Task<ApiAnswer> PutAsync(string path, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, Json(body), headers);

    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = Request(method, path, headers);
        request.Content = content;
        // A large body waits until it is wanted (RFC 9110 section 10.1.1): a refusal that comes while it is being sent closes the connection under it.
        request.Headers.ExpectContinue = content?.Headers.ContentLength > 16_384;
        using var response = await http.SendAsync(request);
        return await ApiAnswer.ReadAsync(response);
    }

    /// <summary>Opens an event stream and waits for its first bytes.</summary>
    public async Task<EventReader> ListenAsync(string path, string? lastEventId = null)
    {
        using var request = Request(HttpMethod.Get, path, lastEventId is null ? [] : [("Last-Event-ID", lastEventId)]);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!response.IsSuccessStatusCode)
        {
            var answer = await ApiAnswer.ReadAsync(response);
            answer.ShouldBe(200);
        }

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new EventReader(response);
    }

    private HttpRequestMessage Request(HttpMethod method, string path, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        return request;
    }

    private static HttpContent? Json(object? body) => body switch
    {
        null => null,
        HttpContent content => content,
        _ => JsonContent.Create(body),
    };
}
