using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Carts;

/// <summary>A key that came after the order was placed is a key like any other.</summary>
[Collection(SharedHost.Name)]
public sealed class SecondKeyTests(ApiHost host)
{
    [Fact]
    public async Task A_later_key_stays_with_its_payload()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var (sessionId, version) = await ReviewedAsync(staff);
        var order = (await staff.SubmitAsync(sessionId, $"first-{sessionId}", new { cartVersion = version })).ShouldBe(201).Json.GetProperty("orderId").GetString();
        var second = (await staff.SubmitAsync(sessionId, $"second-{sessionId}", new { cartVersion = version })).ShouldBe(201);
        second.Json.GetProperty("orderId").GetString().ShouldBe(order);
        second.Headers["idempotency-replayed"].ShouldBe("true");
        (await staff.SubmitAsync(sessionId, $"second-{sessionId}", new { cartVersion = version + 7 })).ShouldBeProblem(422, "IDEMPOTENCY_KEY_REUSED");
        (await staff.SubmitAsync(sessionId, $"second-{sessionId}")).ShouldBeProblem(422, "IDEMPOTENCY_KEY_REUSED");
        (await staff.SubmitAsync(sessionId, $"second-{sessionId}", new { cartVersion = version })).ShouldBe(201).Json.GetProperty("orderId").GetString().ShouldBe(order);
    }

    [Fact]
    public async Task A_later_key_places_no_other_cart()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var (placed, version) = await ReviewedAsync(staff);
        (await staff.SubmitAsync(placed, $"one-{placed}")).ShouldBe(201);
        (await staff.SubmitAsync(placed, $"two-{placed}", new { cartVersion = version })).ShouldBe(201);
        var (other, otherVersion) = await ReviewedAsync(staff);
        (await staff.SubmitAsync(other, $"two-{placed}", new { cartVersion = otherVersion })).ShouldBeProblem(422, "IDEMPOTENCY_KEY_REUSED");
        (await staff.SubmitAsync(other, $"own-{other}", new { cartVersion = otherVersion })).ShouldBe(201).Headers.ShouldNotContainKey("idempotency-replayed");
    }

    [Fact]
    public async Task A_version_that_was_never_reviewed_is_no_repetition()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var (sessionId, version) = await ReviewedAsync(staff);
        (await staff.SubmitAsync(sessionId, $"a-{sessionId}", new { cartVersion = version })).ShouldBe(201);
        (await staff.SubmitAsync(sessionId, $"b-{sessionId}", new { cartVersion = version + 7 })).ShouldBeProblem(412, "CART_VERSION_CONFLICT");
        var now = (await staff.GetAsync($"/api/v1/sessions/{sessionId}/cart")).Json.GetProperty("version").GetInt64();
        (await staff.SubmitAsync(sessionId, $"b-{sessionId}", new { cartVersion = now })).ShouldBe(201).Headers["idempotency-replayed"].ShouldBe("true");
    }

    private static async Task<(string SessionId, long Version)> ReviewedAsync(ApiClient staff)
    {
        var sessionId = await staff.FilledSessionAsync();
        return (sessionId, (await staff.GetAsync($"/api/v1/sessions/{sessionId}/cart")).Json.GetProperty("version").GetInt64());
    }
}
