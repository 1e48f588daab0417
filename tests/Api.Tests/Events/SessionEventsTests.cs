using System.Globalization;
using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Events;

[Collection(SharedHost.Name)]
public sealed class SessionEventsTests(ApiHost host)
{
    [Fact]
    public async Task Changes_and_the_order_arrive_as_they_happen_in_the_shape_of_answers()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var sessionId = await staff.OpenSessionAsync();
        using var stream = await staff.ListenAsync($"/api/v1/sessions/{sessionId}/events");
        var cart = await staff.AddAsync(sessionId, (await staff.SimpleItemsAsync())[0]);
        (await stream.NextAsync("cart.changed", "the added line")).Data.GetRawText().ShouldBe(cart.GetRawText());
        var order = (await staff.SubmitAsync(sessionId, $"live-{sessionId}")).ShouldBe(201).Json;
        (await stream.NextAsync("order.placed", "the order")).Data.GetRawText().ShouldBe(order.GetRawText());
    }

    [Fact]
    public async Task A_reader_who_keeps_losing_the_connection_misses_and_repeats_nothing()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var sessionId = await staff.OpenSessionAsync();
        var item = (await staff.SimpleItemsAsync())[0];
        await staff.AddAsync(sessionId, item);
        const int Changes = 60;
        var changing = Task.Run(async () =>
        {
            for (var i = 1; i <= Changes; i++)
            {
                (await staff.PatchAsync($"/api/v1/sessions/{sessionId}/cart/lines/l1", new { quantity = 1 + (i % 20) })).ShouldBe(200);
            }
        });

        var random = new Random(7);
        var ids = new List<long>();
        var versions = new List<long>();
        string? last = null;
        while (versions.Count < Changes + 1)
        {
            using var stream = await staff.ListenAsync($"/api/v1/sessions/{sessionId}/events", last);
            for (var left = random.Next(5, 12); left > 0 && versions.Count < Changes + 1; left--)
            {
                var next = await stream.NextAsync($"change {versions.Count + 1} of {Changes + 1}");
                last = next.Id.ShouldNotBeNull();
                ids.Add(long.Parse(last, CultureInfo.InvariantCulture));
                if (next.Name == "cart.changed")
                {
                    versions.Add(next.Data.GetProperty("version").GetInt64());
                }
            }
        }

        await changing;
        ids.ShouldBe(Enumerable.Range(0, ids.Count).Select(i => ids[0] + i));
        versions.ShouldBe(Enumerable.Range(0, Changes + 1).Select(i => versions[0] + i));
    }

    [Fact]
    public async Task A_new_reader_gets_what_is_kept_and_one_from_the_session_view_only_what_follows()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var sessionId = await staff.FilledSessionAsync();
        using (var all = await staff.ListenAsync($"/api/v1/sessions/{sessionId}/events"))
        {
            (await all.NextAsync("cart.changed", "the kept change")).Data.GetProperty("lines").GetArrayLength().ShouldBe(1);
        }

        var last = (await staff.GetAsync($"/api/v1/sessions/{sessionId}")).Json.GetProperty("lastEventId").GetInt64();
        using var later = await staff.ListenAsync($"/api/v1/sessions/{sessionId}/events", last.ToString(CultureInfo.InvariantCulture));
        await staff.AddAsync(sessionId, (await staff.SimpleItemsAsync())[1]);
        (await later.NextAsync("the next change")).Data.GetProperty("lines").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task An_id_from_elsewhere_does_not_silence_the_stream()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var sessionId = await staff.OpenSessionAsync();
        using var stream = await staff.ListenAsync($"/api/v1/sessions/{sessionId}/events", "999999");
        await staff.AddAsync(sessionId, (await staff.SimpleItemsAsync())[0]);
        (await stream.NextAsync("cart.changed", "the change")).Data.GetProperty("lines").GetArrayLength().ShouldBe(1);
        (await staff.GetAsync($"/api/v1/sessions/{sessionId}/events", ("Last-Event-ID", "abc"))).ShouldBeProblem(400, "LAST_EVENT_ID_INVALID");
    }

    [Fact]
    public async Task When_events_are_no_longer_kept_the_reader_is_told()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        var sessionId = await staff.FilledSessionAsync();
        for (var i = 0; i < 300; i++)
        {
            (await staff.PatchAsync($"/api/v1/sessions/{sessionId}/cart/lines/l1", new { quantity = 1 + (i % 20) })).ShouldBe(200);
        }

        using var stream = await staff.ListenAsync($"/api/v1/sessions/{sessionId}/events", "1");
        var told = await stream.NextAsync("the notice");
        told.Name.ShouldBe("error");
        told.Data.GetProperty("code").GetString().ShouldBe("EVENTS_TRUNCATED");
        var first = await stream.NextAsync("the oldest kept event");
        long.Parse(first.Id!, CultureInfo.InvariantCulture).ShouldBeGreaterThan(2);
    }
}
