using Dapper;
using Orleans.Runtime;
using Orleans.Storage;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Pricing;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage;
using VoiceOrdering.Silo.Storage.Orders;
using VoiceOrdering.Silo.Tests.Child;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>Writes that are one statement: what they leave behind, beside the same done step by step, and what becomes of a message with a bad one in it.</summary>
[NeedsPostgres]
public sealed class PostgresStatementTests : IDisposable
{
    private readonly TemporaryPostgres _server = new();

    private OrderStore Store => new(_server.Database, new OutboxSignal());

    public void Dispose() => _server.Dispose();

    [DatabaseFact]
    public async Task An_order_in_one_statement_leaves_the_same_rows_as_one_in_steps()
    {
        using var other = new TemporaryPostgres();
        foreach (var database in new[] { _server.Database, other.Database })
        {
            await database.WriteAsync(session => session.Connection.Execute("""
                INSERT INTO destinations (destination_id, restaurant_id, kind, address, enabled, secrets, created_at)
                VALUES ('pos', 'demo-burger', 0, 'a', 1, '', 0), ('chat', 'demo-burger', 1, 'b', 1, '', 0), ('off', 'demo-burger', 0, 'c', 0, '', 0), ('other', 'demo-pizza', 0, 'd', 1, '', 0);
                INSERT INTO customers (customer_id, restaurant_id, phone, name, allergens, created_at, changed_at, version) VALUES ('cus_2', 'demo-burger', '+14155550100', '', '', 0, 0, 1)
                """), default).InTimeAsync();
        }
        for (var number = 1; number <= 3; number++)
        {
            var placement = OrderStoreConformance.Placement(number);
            placement = placement with { Order = placement.Order with { CustomerId = number == 1 ? null : $"cus_{number}", Voucher = number == 3 ? "1234" : null, Discount = new Money(number, "USD"), Via = "\"number\":\"~\"" } };
            var one = await Store.PlaceAsync(placement, default).InTimeAsync();
            var steps = await other.Database.WriteAsync(session => OrderWrite.Of(placement).Run(session), default).InTimeAsync();
            Json.WireJson.Write(one.Order).ShouldBe(Json.WireJson.Write(steps.Order));
            one.Order.CustomerId.ShouldBe(number == 2 ? "cus_2" : null, "the third is nobody's any more");
            (one.Kind, steps.Kind).ShouldBe((PlaceResultKind.Placed, PlaceResultKind.Placed));
        }
        foreach (var table in new[] { "orders", "submissions", "outbox", "deliveries", "audit", "order_numbers" })
        {
            var rows = await RowsAsync(_server, table);
            rows.ShouldBe(await RowsAsync(other, table), table);
            rows.Count.ShouldBe(table switch { "deliveries" => 6, "order_numbers" => 1, _ => 3 }, table);
        }
    }

    /// <summary>A plan made for the empty table reads every order of the restaurant for each new one.</summary>
    [DatabaseFact]
    public async Task A_new_database_finds_the_right_index_before_anybody_analyzed_it()
    {
        var store = Store;
        await Task.WhenAll(Enumerable.Range(1, 1_100).Select(i => store.PlaceAsync(OrderStoreConformance.Placement(i), default))).InTimeAsync();
        await store.PlaceAsync(OrderStoreConformance.Placement(2_000), default).InTimeAsync();

        var plan = await _server.Database.WriteAsync(session =>
        {
            var (name, types) = session.Connection.QuerySingle<(string, string)>("SELECT name, array_to_string(parameter_types::text[], ',') FROM pg_prepared_statements WHERE statement LIKE 'WITH %' AND statement LIKE '%INSERT INTO orders%'");
            var values = types.Split(',').Select((type, i) => type == "bigint[]" ? $"'{{{i}}}'" : $"'{{v{i}}}'");
            return session.Connection.Query<string>($"EXPLAIN EXECUTE {name}({string.Join(',', values)})").AsList();
        }, default).InTimeAsync();

        plan.ShouldContain(line => line.Contains("using orders_by_session", StringComparison.Ordinal));
        plan.ShouldContain(line => line.Contains("using submissions_pkey", StringComparison.Ordinal));
        plan.ShouldNotContain(line => line.Contains("Seq Scan on orders", StringComparison.Ordinal) || line.Contains("Seq Scan on submissions", StringComparison.Ordinal));
        plan.ShouldNotContain(line => line.Contains("orders_by_change", StringComparison.Ordinal));
    }

    [DatabaseFact]
    public async Task Numbers_grow_beyond_three_digits_without_a_gap()
    {
        await Store.PlaceAsync(OrderStoreConformance.Placement(1), default).InTimeAsync();
        await _server.Database.WriteAsync(session => session.Connection.Execute("UPDATE order_numbers SET last_number = 998"), default).InTimeAsync();
        var numbers = new List<string>();
        for (var i = 2; i <= 4; i++)
        {
            numbers.Add((await Store.PlaceAsync(OrderStoreConformance.Placement(i), default).InTimeAsync()).Order.Number);
            (await Store.PlaceAsync(OrderStoreConformance.Placement(i), default).InTimeAsync()).Kind.ShouldBe(PlaceResultKind.Replayed, "a repetition draws no number");
        }
        numbers.ShouldBe(["999", "1000", "1001"]);
    }

    [DatabaseFact]
    public async Task One_bad_statement_in_a_message_fails_alone_and_repetitions_in_it_are_found()
    {
        var store = Store;
        using var barrier = new WriterBarrier(_server.Database);
        var good = Enumerable.Range(1, 20).Select(i => store.PlaceAsync(OrderStoreConformance.Placement(i), default)).ToArray();
        var repeated = store.PlaceAsync(OrderStoreConformance.Placement(21, key: "key-5", print: "print-5"), default);
        var reused = store.PlaceAsync(OrderStoreConformance.Placement(22, key: "key-6", print: "another"), default);
        // PostgreSQL keeps no zero bytes in text.
        var bad = store.PlaceAsync(OrderStoreConformance.Placement(23, key: "key\0"), default);
        barrier.Open();

        var placed = await Task.WhenAll(good).InTimeAsync();
        placed.ShouldAllBe(result => result.Kind == PlaceResultKind.Placed);
        placed.Select(result => result.Order.Number).ShouldBe(Enumerable.Range(1, 20).Select(i => i.ToString("000", null)));
        var replay = await repeated.InTimeAsync();
        (replay.Kind, replay.Order.Id).ShouldBe((PlaceResultKind.Replayed, new OrderId("ord_5")));
        (await reused.InTimeAsync()).Kind.ShouldBe(PlaceResultKind.KeyReused);
        (await Should.ThrowAsync<StorageException>(bad.InTimeAsync())).Code.ShouldBe(StorageErrorCodes.Unavailable);
        (await RowsAsync(_server, "orders")).Count.ShouldBe(20);
    }

    [DatabaseFact]
    public async Task Of_two_states_in_one_message_the_stale_one_alone_is_refused()
    {
        var storage = StateWrites.Storage(_server.Database);
        var grains = Enumerable.Range(0, 10).Select(StateWrites.GrainOf).ToArray();
        using var barrier = new WriterBarrier(_server.Database);
        var first = grains.Select(grain => WriteAsync(storage, grain, 1)).ToArray();
        var second = WriteAsync(storage, grains[3], 2);
        barrier.Open();

        await Task.WhenAll(first).InTimeAsync();
        await Should.ThrowAsync<InconsistentStateException>(second.InTimeAsync());
        var state = new GrainState<CountedState>();
        await storage.ReadStateAsync(StateWrites.StateName, grains[3], state).InTimeAsync();
        (state.State.Count, state.ETag).ShouldBe((1, "1"));
    }

    private static Task WriteAsync(IGrainStorage storage, GrainId grain, int count) =>
        storage.WriteStateAsync(StateWrites.StateName, grain, new GrainState<CountedState> { State = CountedState.Of(grain.ToString(), count) });

    private static Task<List<string>> RowsAsync(TemporaryPostgres server, string table) =>
        server.Database.ReadAsync(session => session.Connection.Query<string>($"SELECT to_jsonb(t)::text FROM {table} t ORDER BY 1").AsList(), default).InTimeAsync();
}
