using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Customers;

/// <summary>Customers over HTTP.</summary>
[Collection(SharedHost.Name)]
public sealed class CustomersTests(ApiHost host)
{
    private const string Path = "/api/v1/customers";

    [Fact]
    public async Task A_customer_is_stored_found_with_orders_and_forgotten()
    {
        var owner = await host.LogInAsync("owner@demo-burger");
        var body = new { phone = "+1 (415) 555-0142", name = "Ada", allergens = new[] { "Milk" } };
        var stored = (await owner.PutAsync(Path, body, ("If-Match", "\"0\""))).ShouldBe(200);
        stored.ETag.ShouldBe("\"1\"");
        stored.Headers["cache-control"].ShouldBe("no-store");
        stored.Json.GetProperty("phone").GetString().ShouldBe("+14155550142");
        (await owner.PutAsync(Path, body with { name = "Eve" }, ("If-Match", "\"0\""))).ShouldBeProblem(412, "CUSTOMER_VERSION_CONFLICT");

        for (var i = 0; i < 2; i++)
        {
            var session = await owner.FilledSessionAsync();
            var bound = (await owner.PutAsync($"/api/v1/sessions/{session}/cart/customer", new { phone = "+14155550142" })).ShouldBe(200).Json;
            bound.GetRawText().ShouldNotContain("Ada");
            bound.GetRawText().ShouldNotContain("4155550142", Case.Sensitive, "whoever types a number does not learn of whom it is");
            bound.TryGetProperty("customerAllergens", out _).ShouldBeFalse();
            (await owner.SubmitAsync(session, $"key-{session}")).ShouldBe(201);
        }

        var staff = await host.LogInAsync("staff@demo-burger");
        var card = (await staff.PostAsync($"{Path}/look-up", new { phone = "+14155550142" })).ShouldBe(200).Json;
        card.GetProperty("lastOrders").GetArrayLength().ShouldBe(2);
        card.GetProperty("usual").GetArrayLength().ShouldBe(1);
        card.GetProperty("customer").GetProperty("allergens")[0].GetString().ShouldBe("milk");
        var id = card.GetProperty("customer").GetProperty("customerId").GetString();
        (await staff.DeleteAsync($"{Path}/{id}")).ShouldBeProblem(403, "SCOPE_MISSING");
        (await owner.DeleteAsync($"{Path}/{id}")).ShouldBe(204);
        (await staff.GetAsync($"{Path}/{id}")).ShouldBeProblem(404, "CUSTOMER_UNKNOWN");
        var order = card.GetProperty("lastOrders")[0].GetProperty("orderId").GetString();
        (await owner.GetAsync($"/api/v1/orders/{order}")).ShouldBe(200).Json.TryGetProperty("customerId", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_national_number_belongs_to_the_restaurants_country()
    {
        var owner = await host.LogInAsync("owner@demo-pizza");
        (await owner.PostAsync($"{Path}/look-up", new { phone = "044 668 18 00" })).ShouldBeProblem(422, "PHONE_INVALID");
        var settings = (await owner.GetAsync("/api/v1/settings")).ShouldBe(200);
        var with = System.Text.Json.Nodes.JsonNode.Parse(settings.Json.GetProperty("settings").GetRawText())!;
        with["phones"] = new System.Text.Json.Nodes.JsonArray("+41 44 668 18 01");
        (await owner.PutAsync("/api/v1/settings", with, ("If-Match", settings.ETag!))).ShouldBe(200);
        (await owner.PutAsync(Path, new { phone = "044 668 18 00" })).ShouldBe(200).Json.GetProperty("phone").GetString().ShouldBe("+41446681800");
    }

    [Fact]
    public async Task Bad_bodies_are_told()
    {
        var owner = await host.LogInAsync("owner@demo-burger");
        (await owner.PostAsync($"{Path}/look-up", new { })).ShouldBeProblem(400, "BODY_INVALID");
        (await owner.PutAsync(Path, new { phone = "+14155550143", allergens = new string?[] { null } })).ShouldBeProblem(400, "BODY_INVALID");
        (await owner.PutAsync(Path, new { phone = "+14155550143", name = new string('x', 101) })).ShouldBeProblem(422, "CUSTOMER_INVALID");
        (await owner.PutAsync(Path, new { phone = "not a number" })).ShouldBeProblem(422, "PHONE_INVALID");
        (await owner.PutAsync(Path, new { phone = "+14155550143" }, ("If-Match", "nonsense"))).ShouldBeProblem(400, "IF_MATCH_INVALID");
    }
}
