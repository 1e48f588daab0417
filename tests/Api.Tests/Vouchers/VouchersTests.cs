using System.Text.Json;
using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Vouchers;

/// <summary>Vouchers over HTTP, from the office to the order.</summary>
[Collection(SharedHost.Name)]
public sealed class VouchersTests(ApiHost host)
{
    private const string Path = "/api/v1/vouchers";

    [Fact]
    public async Task A_voucher_is_issued_once_per_key_taken_on_redeemed_and_given_back()
    {
        var owner = await host.LogInAsync("owner@demo-burger");
        var body = new { amountMinor = 100, note = "late" };
        var issued = (await owner.PostAsync(Path, body, ("Idempotency-Key", "sorry-1"))).ShouldBe(201);
        var code = issued.Json.GetProperty("code").GetString()!;
        issued.Headers["cache-control"].ShouldBe("no-store");
        (await owner.PostAsync(Path, body, ("Idempotency-Key", "sorry-1"))).ShouldBe(201).Json.GetProperty("code").GetString().ShouldBe(code);
        (await owner.PostAsync(Path, new { amountMinor = 200 }, ("Idempotency-Key", "sorry-1"))).ShouldBeProblem(422, "IDEMPOTENCY_KEY_REUSED");

        var session = await owner.FilledSessionAsync();
        var cart = (await owner.PutAsync($"/api/v1/sessions/{session}/cart/voucher", new { code = $"{code[..4]}-{code[4..]}" })).ShouldBe(200);
        cart.ETag.ShouldNotBeNull();
        cart.Json.GetProperty("discount").GetProperty("amountMinor").GetInt64().ShouldBe(100);
        var order = (await owner.SubmitAsync(session, $"key-{session}")).ShouldBe(201).Json;
        order.GetProperty("discount").GetProperty("amountMinor").GetInt64().ShouldBe(100);
        order.GetProperty("voucher").GetString().ShouldBe(code[^4..]);
        order.GetRawText().ShouldNotContain(code);
        (await owner.PostAsync($"{Path}/void", new { code })).ShouldBeProblem(409, "VOUCHER_REDEEMED");

        var id = order.GetProperty("orderId").GetString();
        (await owner.PostAsync($"/api/v1/orders/{id}/status", new { status = "cancelled" })).ShouldBe(200);
        (await owner.PostAsync($"{Path}/look-up", new { code })).ShouldBe(200).Json.GetProperty("status").GetString().ShouldBe("issued");
        (await owner.PostAsync($"{Path}/void", new { code })).ShouldBe(200).Json.GetProperty("status").GetString().ShouldBe("voided");
        var audit = (await owner.GetAsync("/api/v1/audit?limit=50")).ShouldBe(200).Json.GetProperty("rows").EnumerateArray()
            .Where(row => row.GetProperty("action").GetString()!.StartsWith("voucher.", StringComparison.Ordinal) && row.GetProperty("target").GetString() == $"…{code[^4..]}")
            .Select(row => row.GetProperty("action").GetString());
        audit.ShouldBe(["voucher.voided", "voucher.returned", "voucher.redeemed", "voucher.issued"]);
    }

    [Fact]
    public async Task A_submission_whose_voucher_went_to_another_order_says_the_new_total_and_goes_through_again()
    {
        var owner = await host.LogInAsync("owner@demo-pizza");
        var code = (await owner.PostAsync(Path, new { basisPoints = 5000 })).ShouldBe(201).Json.GetProperty("code").GetString()!;
        var sessions = new[] { await owner.FilledSessionAsync(), await owner.FilledSessionAsync() };
        foreach (var session in sessions)
        {
            (await owner.PutAsync($"/api/v1/sessions/{session}/cart/voucher", new { code })).ShouldBe(200);
        }

        var placed = (await owner.SubmitAsync(sessions[0], "first")).ShouldBe(201).Json;
        (await owner.SubmitAsync(sessions[1], "second")).ShouldBeProblem(409, "VOUCHER_REDEEMED").GetProperty("detail").GetString()!.ShouldContain("Without it the total is");
        var cart = (await owner.GetAsync($"/api/v1/sessions/{sessions[1]}/cart")).ShouldBe(200).Json;
        cart.TryGetProperty("voucher", out _).ShouldBeFalse();
        var second = (await owner.SubmitAsync(sessions[1], "second")).ShouldBe(201).Json;
        Total(second).ShouldBe(Total(cart));
        Total(second).ShouldBeGreaterThan(Total(placed));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"amountMinor":100,"basisPoints":100}""")]
    public async Task A_voucher_has_one_kind_of_worth(string body)
    {
        var owner = await host.LogInAsync("owner@demo-burger");
        (await owner.PostAsync(Path, JsonSerializer.Deserialize<JsonElement>(body))).ShouldBeProblem(400, "BODY_INVALID");
    }

    [Theory]
    [InlineData("?status=lost")]
    [InlineData("?limit=0")]
    [InlineData("?limit=201")]
    [InlineData("?cursor=nonsense")]
    public async Task A_bad_listing_is_told(string query)
    {
        var owner = await host.LogInAsync("owner@demo-burger");
        (await owner.GetAsync(Path + query)).ShouldBeProblem(400, "PARAMETER_INVALID");
    }

    [Fact]
    public async Task Vouchers_are_listed_page_by_page_and_by_status()
    {
        var owner = await host.LogInAsync("owner@demo-burger");
        var codes = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            codes.Add((await owner.PostAsync(Path, new { amountMinor = 100 + i, expiresAt = "2099-01-01T00:00:00Z" })).ShouldBe(201).Json.GetProperty("code").GetString()!);
        }

        (await owner.PostAsync($"{Path}/void", new { code = codes[0] })).ShouldBe(200);
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await owner.GetAsync($"{Path}?status=issued&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}")).ShouldBe(200).Json;
            seen.AddRange(page.GetProperty("vouchers").EnumerateArray().Select(voucher => voucher.GetProperty("code").GetString()!));
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        seen.ShouldContain(codes[1]);
        seen.ShouldContain(codes[2]);
        seen.ShouldNotContain(codes[0]);
        seen.Count.ShouldBe(seen.Distinct().Count());
    }

    private static long Total(JsonElement priced) => priced.GetProperty("total").GetProperty("amountMinor").GetInt64();
}
