using System.Text.Json;
using VoiceOrdering.Silo.Storage.Postgres;
using VoiceOrdering.Silo.Storage.Relational;
using VoiceOrdering.TestKit.Databases;

namespace VoiceOrdering.Api.Tests.Hosting;

/// <summary>The whole product on each database: from the log-in to the order on the kitchen's list, over a restart.</summary>
public sealed class DatabaseTests
{
    [Fact]
    public Task On_SQLite_an_order_is_taken_once_and_kept() => TakeOrdersAsync(null);

    [PostgresFact]
    public async Task On_PostgreSQL_an_order_is_taken_once_and_kept()
    {
        await using var cluster = await PostgresCluster.StartAsync();
        await TakeOrdersAsync(new PostgresSettings { Connection = await cluster.CreateDatabaseAsync() });
    }

    [PostgresFact]
    public async Task While_PostgreSQL_is_away_nothing_is_acknowledged_and_afterwards_all_goes_on()
    {
        await using var cluster = await PostgresCluster.StartAsync();
        await using var host = await ApiHost.StartAsync(new ApiHostOptions { Database = new PostgresSettings { Connection = await cluster.CreateDatabaseAsync() } });
        var staff = await host.LogInAsync("staff@demo-burger");
        var before = await staff.PlaceOrderAsync();
        var waiting = await staff.FilledSessionAsync();

        await cluster.CrashAsync();
        var refused = await staff.SubmitAsync(waiting, "over-the-crash");
        refused.Status.ShouldBe(503);
        refused.Headers.ShouldContainKey("retry-after");
        var unready = (await host.Stranger.GetAsync("/readyz")).ShouldBe(503).Json;
        unready.GetProperty("parts").GetProperty("storage").GetString().ShouldBe("down");
        unready.GetProperty("codes").GetProperty("storage").GetString().ShouldBe("STORAGE_UNAVAILABLE");
        (await host.Stranger.GetAsync("/healthz")).ShouldBe(200);

        await cluster.StartAgainAsync();
        (await host.Stranger.GetAsync("/readyz")).ShouldBe(200).Json.TryGetProperty("codes", out _).ShouldBeFalse();
        var order = (await staff.SubmitAsync(waiting, "over-the-crash")).ShouldBe(201).Json;
        (await staff.AllOrdersAsync()).Select(Id).ShouldBe([Id(order), Id(before)]);
    }

    private static async Task TakeOrdersAsync(StorageSettings? database)
    {
        var folder = Directory.CreateTempSubdirectory("vo-database-").FullName;
        try
        {
            string placed;
            await using (var host = await ApiHost.StartAsync(new ApiHostOptions { Database = database, DataDirectory = folder }))
            {
                var staff = await host.LogInAsync("staff@demo-burger");
                placed = await ClickAHundredTimesAsync(staff);
                var accepted = await staff.PostAsync($"/api/v1/orders/{placed}/status", new { status = "accepted" });
                accepted.ShouldBe(200).Json.GetProperty("status").GetString().ShouldBe("accepted");
                var pizza = await host.LogInAsync("staff@demo-pizza");
                (await pizza.AllOrdersAsync()).ShouldBeEmpty();
            }

            await using var next = await ApiHost.StartAsync(new ApiHostOptions { Database = database, DataDirectory = folder });
            var again = await next.LogInAsync("staff@demo-burger");
            var order = (await again.AllOrdersAsync()).ShouldHaveSingleItem();
            (Id(order), order.GetProperty("status").GetString(), order.GetProperty("number").GetString()).ShouldBe((placed, "accepted", "001"));
            (await again.PlaceOrderAsync()).GetProperty("number").GetString().ShouldBe("002");
            File.Exists(Path.Combine(folder, "voiceordering.db")).ShouldBe(database is null, "what is kept elsewhere leaves no file");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> ClickAHundredTimesAsync(ApiClient staff)
    {
        var sessionId = await staff.FilledSessionAsync();
        var version = (await staff.GetAsync($"/api/v1/sessions/{sessionId}/cart")).Json.GetProperty("version").GetInt64();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => staff.SubmitAsync(sessionId, $"click-{i % 50}", new { cartVersion = version })));
        foreach (var refused in answers.Where(answer => answer.Status != 201))
        {
            refused.ShouldBeProblem(409, "SUBMISSION_IN_FLIGHT");
        }

        (await staff.AllOrdersAsync()).Count.ShouldBe(1);
        return answers.Where(answer => answer.Status == 201).Select(answer => Id(answer.Json)).Distinct().ShouldHaveSingleItem();
    }

    private static string Id(JsonElement order) => order.GetProperty("orderId").GetString()!;
}

/// <summary>A test that needs a PostgreSQL server; where none is installed it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresCluster.Missing;
}
