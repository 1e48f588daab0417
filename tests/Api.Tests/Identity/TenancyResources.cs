using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text.RegularExpressions;
using VoiceOrdering.Api.Tests.Hosting;
using VoiceOrdering.Silo.Observability;

namespace VoiceOrdering.Api.Tests.Identity;

/// <summary>Things of one restaurant that routes name by id; made anew for every question, because some questions change them.</summary>
internal sealed class TenancyResources(ApiHost host)
{
    private TenancyIds? _first;
    private int _made;

    /// <summary>Number of the restaurant's customer.</summary>
    private const string Phone = "+14155550123";

    public static string OwnerSubject => "dev:owner@demo-burger";

    /// <summary>What the route names, made for this question; the rest as it was made first.</summary>
    public async Task<TenancyIds> CreateAsync(string pattern)
    {
        var owner = await host.LogInAsync("owner@demo-burger");
        _first ??= new TenancyIds(await owner.FilledSessionAsync(), await OrderAsync(owner), await DestinationAsync(owner), await ApiKeyAsync(owner), await UserAsync(owner), await CustomerAsync(owner), await VoucherAsync(owner));
        var ids = _first;
        if (pattern.Contains("{sessionId}", StringComparison.Ordinal))
        {
            ids = ids with { Session = await owner.FilledSessionAsync() };
        }

        if (pattern.Contains("{destinationId}", StringComparison.Ordinal) || pattern.Contains("{deliveryId}", StringComparison.Ordinal) || pattern.EndsWith("/destinations", StringComparison.Ordinal))
        {
            ids = ids with { Destination = await DestinationAsync(owner) };
        }

        if (pattern.Contains("{orderId}", StringComparison.Ordinal) || pattern.Contains("{deliveryId}", StringComparison.Ordinal))
        {
            ids = ids with { Order = await OrderAsync(owner) };
        }

        if (pattern.Contains("{keyId}", StringComparison.Ordinal))
        {
            ids = ids with { ApiKey = await ApiKeyAsync(owner) };
        }

        if (pattern.Contains("/vouchers/", StringComparison.Ordinal))
        {
            ids = ids with { Voucher = await VoucherAsync(owner) };
        }

        if (pattern.Contains("/customers/", StringComparison.Ordinal))
        {
            ids = ids with { Customer = await CustomerAsync(owner) };
        }

        return pattern.Contains("{username}", StringComparison.Ordinal) ? ids with { User = await UserAsync(owner) } : ids;
    }

    private static async Task<string> OrderAsync(ApiClient owner) => (await owner.PlaceOrderAsync()).GetProperty("orderId").GetString()!;

    private static async Task<string> DestinationAsync(ApiClient owner)
    {
        foreach (var old in (await owner.GetAsync("/api/v1/destinations")).Json.EnumerateArray().Select(destination => destination.GetProperty("destinationId").GetString()))
        {
            await owner.DeleteAsync($"/api/v1/destinations/{old}");
        }

        return (await owner.PostAsync("/api/v1/destinations", new { kind = "telegram", address = "100" })).ShouldBe(201).Json.GetProperty("destinationId").GetString()!;
    }

    private static async Task<string> ApiKeyAsync(ApiClient owner) =>
        (await owner.PostAsync("/api/v1/api-keys", new { label = "till", role = "kitchen" })).ShouldBe(201).Json.GetProperty("keyId").GetString()!;

    private static async Task<string> VoucherAsync(ApiClient owner) => (await owner.PostAsync("/api/v1/vouchers", new { amountMinor = 100 })).ShouldBe(201).Json.GetProperty("code").GetString()!;

    private static async Task<string> CustomerAsync(ApiClient owner) =>
        (await owner.PutAsync("/api/v1/customers", new { phone = Phone, name = "Harbor Burger's regular" })).ShouldBe(200).Json.GetProperty("customerId").GetString()!;

    private async Task<string> UserAsync(ApiClient owner) =>
        (await owner.PostAsync("/api/v1/users", new { name = $"user-{++_made}", password = "a long enough secret", role = "staff" })).ShouldBe(201).Json.GetProperty("username").GetString()!;

    /// <summary>Ids of the same shape that nobody has.</summary>
    public static TenancyIds MadeUp() =>
        new("ses_00000000000000000000000000", "ord_00000000000000000000000000", "dst_00000000000000000000000000", "key_00000000000000000000000000", "user-0@demo-burger", "cus_00000000000000000000000000", "000000000000");

    private static string PhoneOf(TenancyIds ids) => ids == MadeUp() ? "+14155550199" : Phone;

    /// <summary>The least a request needs to be understood.</summary>
    public static HttpContent? BodyOf(string method, string path, TenancyIds ids)
    {
        if (method is "GET" or "DELETE")
        {
            return null;
        }

        if (path.Contains("/webrtc", StringComparison.Ordinal))
        {
            return new StringContent("v=0", null, "application/sdp");
        }

        var body = path switch
        {
            _ when path.EndsWith("/auth/token", StringComparison.Ordinal) => """{"username":"nobody","password":"nothing at all"}""",
            _ when path.EndsWith("/auth/refresh", StringComparison.Ordinal) => """{"refreshToken":"rt_nothing"}""",
            _ when path.EndsWith("/auth/password", StringComparison.Ordinal) => """{"current":"x","next":"y"}""",
            _ when path.EndsWith("/sessions", StringComparison.Ordinal) => """{"channel":"web"}""",
            _ when path.EndsWith("/resume", StringComparison.Ordinal) => """{"resumeToken":"x"}""",
            _ when path.EndsWith("/lines", StringComparison.Ordinal) => """{"itemId":"nothing"}""",
            _ when path.EndsWith("/cart/voucher", StringComparison.Ordinal) => $$"""{"code":"{{ids.Voucher}}"}""",
            _ when path.EndsWith("/cart/customer", StringComparison.Ordinal) => $$"""{"phone":"{{PhoneOf(ids)}}"}""",
            _ when path.EndsWith("/vouchers", StringComparison.Ordinal) => """{"amountMinor":100}""",
            _ when path.EndsWith("/vouchers/look-up", StringComparison.Ordinal) || path.EndsWith("/vouchers/void", StringComparison.Ordinal) => $$"""{"code":"{{ids.Voucher}}"}""",
            _ when path.EndsWith("/customers/look-up", StringComparison.Ordinal) => $$"""{"phone":"{{PhoneOf(ids)}}"}""",
            _ when path.EndsWith("/customers", StringComparison.Ordinal) => """{"phone":"+14155550188"}""",
            _ when path.Contains("/lines/", StringComparison.Ordinal) => """{"quantity":1}""",
            _ when path.EndsWith("/messages", StringComparison.Ordinal) => """{"text":"hello"}""",
            _ when path.EndsWith("/status", StringComparison.Ordinal) => """{"status":"accepted"}""",
            _ when path.EndsWith("/parse-order", StringComparison.Ordinal) => """{"text":"a burger"}""",
            _ when path.EndsWith("/revert", StringComparison.Ordinal) => """{"version":1}""",
            _ when path.EndsWith("/switches", StringComparison.Ordinal) => """{"menuId":"main"}""",
            _ when path.Contains("/destinations/", StringComparison.Ordinal) => """{"enabled":true}""",
            _ when path.EndsWith("/destinations", StringComparison.Ordinal) => """{"kind":"telegram","address":"200"}""",
            _ when path.EndsWith("/api-keys", StringComparison.Ordinal) => """{"label":"x","role":"king"}""",
            _ when path.EndsWith("/users", StringComparison.Ordinal) => """{"name":"x","password":"short","role":"staff"}""",
            _ when path.Contains("/users/", StringComparison.Ordinal) => """{"role":"kitchen"}""",
            _ => "{}",
        };
        return new StringContent(body, null, "application/json");
    }
}

/// <summary>Ids of one restaurant's things.</summary>
internal sealed record TenancyIds(string Session, string Order, string Destination, string ApiKey, string User, string Customer, string Voucher)
{
    /// <summary>Ids that must never be read by others.</summary>
    public IReadOnlyList<string> All => [Session, Order, Destination, ApiKey, User, Customer, Voucher];

    /// <summary>What stands for a parameter of a route.</summary>
    public string Of(string parameter) => parameter switch
    {
        "sessionId" => Session,
        "orderId" => Order,
        "destinationId" => Destination,
        "deliveryId" => $"{Order}-v1.{Destination}",
        "keyId" => ApiKey,
        "username" => User,
        "customerId" => Customer,
        "lineId" => "l1",
        "legId" => "leg_0",
        "menuId" => "main",
        "itemId" => "classic-burger",
        "optionId" => "american",
        "name" => "NEW_CUSTOMER_ID_FLOW",
        _ => throw new InvalidOperationException($"The matrix knows no {{{parameter}}}: say here what stands for it."),
    };
}

/// <summary>What a route answered, without what differs from request to request.</summary>
internal sealed partial record TenancyAnswer(int Status, string Code, string Text)
{
    public string Brief => Code.Length == 0 ? $"{Status}" : $"{Status} {Code}";

    /// <summary>Whether the request was let in where a model would have to answer; the host of these tests has none.</summary>
    public bool IsLetInToTheModel => Status is 202 or 503;

    /// <summary>The answer without ids of requests.</summary>
    public string Anonymous => $"{Status} {RequestId().Replace(Text, "")}";

    public static async Task<TenancyAnswer> OfAsync(ApiClient client, string method, string path, TenancyIds ids, string? requestId = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = TenancyResources.BodyOf(method, path.TrimEnd('/'), ids) };
        if (client.Token is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (requestId is not null)
        {
            request.Headers.Add("X-Request-ID", requestId);
        }

        using var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        // A stream that was opened goes on; that it was is the answer.
        var text = response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await response.Content.ReadAsStringAsync();
        var code = response.Content.Headers.ContentType?.MediaType == "application/problem+json" ? System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("code").GetString()! : "";
        return new TenancyAnswer((int)response.StatusCode, code, text);
    }

    [GeneratedRegex("\"requestId\":\"[^\"]*\"")]
    private static partial Regex RequestId();
}

/// <summary>Counts calls that reach grains, by the request they are made for.</summary>
internal sealed class CountedGrainCalls : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public int Of(string requestId) => _counts.GetValueOrDefault(requestId);

    public Task Invoke(IIncomingGrainCallContext context)
    {
        _counts.AddOrUpdate(Correlation.RequestId ?? "", 1, (_, count) => count + 1);
        return context.Invoke();
    }
}

/// <summary>Texts that people approve.</summary>
internal static class Approved
{
    private static readonly string s_root = typeof(Approved).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static void Check(string name, string text)
    {
        var file = Path.Combine(s_root, "tests", "Api.Tests", "Identity", name);
        if (Environment.GetEnvironmentVariable("VO_APPROVE") == "1")
        {
            File.WriteAllText(file, text);
            return;
        }

        text.ShouldBe(File.Exists(file) ? File.ReadAllText(file) : "", $"{name} is not as approved; look at the difference and run with VO_APPROVE=1 when it is meant.");
    }
}
