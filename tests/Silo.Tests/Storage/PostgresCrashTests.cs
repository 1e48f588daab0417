using System.Collections.Concurrent;
using Dapper;
using Orleans.Storage;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage;
using VoiceOrdering.Silo.Storage.Orders;
using VoiceOrdering.Silo.Tests.Child;
using VoiceOrdering.TestKit.Databases;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>The server itself dies in the middle of the writes of 64 callers, who go on when it is back.</summary>
[NeedsPostgres]
public sealed class PostgresCrashTests
{
    private const int Callers = 64;

    [DatabaseFact]
    public async Task Every_acknowledged_write_is_there_after_the_server_crashed_and_every_caller_was_told()
    {
        await using var cluster = await PostgresCluster.StartAsync();
        using var server = new TemporaryPostgres(cluster);
        var storage = StateWrites.Storage(server.Database);
        var orders = new OrderStore(server.Database, new OutboxSignal());
        var acknowledged = new ConcurrentDictionary<int, (int States, int Orders)>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writes = 0;

        async Task<Exception> WriteUntilRefusedAsync(int caller)
        {
            var grain = StateWrites.GrainOf(caller);
            var state = new GrainState<CountedState>();
            try
            {
                await storage.ReadStateAsync(StateWrites.StateName, grain, state);
                for (var number = 1; ; number++)
                {
                    state.State = CountedState.Of(grain.ToString(), number);
                    await storage.WriteStateAsync(StateWrites.StateName, grain, state);
                    acknowledged[caller] = (number, number - 1);
                    await orders.PlaceAsync(Placement(caller, number), default);
                    acknowledged[caller] = (number, number);
                    if (Interlocked.Increment(ref writes) == 1_000)
                    {
                        enough.SetResult();
                    }
                }
            }
            catch (Exception told)
            {
                return told;
            }
        }

        var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => WriteUntilRefusedAsync(caller))).ToArray();
        await enough.Task.InTimeAsync();
        await cluster.CrashAsync();
        var told = await Task.WhenAll(callers).InTimeAsync();
        told.ShouldAllBe(failure => failure is StorageException && ((StorageException)failure).IsRetriable);
        (await Should.ThrowAsync<StorageException>(orders.FindAsync(OrderWrites.Restaurant, new OrderId("ord_1"), default).InTimeAsync())).Code.ShouldBe(StorageErrorCodes.Unavailable);

        await cluster.StartAgainAsync();
        foreach (var (caller, (states, placed)) in acknowledged)
        {
            var state = new GrainState<CountedState>();
            await storage.ReadStateAsync(StateWrites.StateName, StateWrites.GrainOf(caller), state).InTimeAsync();
            state.State.Count.ShouldBeInRange(states, states + 1, $"caller {caller}");
            state.State.IsWhole().ShouldBeTrue($"caller {caller}");
            for (var number = 1; number <= placed; number++)
            {
                (await orders.FindSubmissionAsync(OrderWrites.Restaurant, OrderWrites.Key(caller, number), default).InTimeAsync()).ShouldNotBeNull($"caller {caller}, order {number}");
            }
        }

        // Whoever was refused asks again with the same key: what was stored is found, what was not is stored, nothing twice.
        var again = await Task.WhenAll(acknowledged.Select(pair => orders.PlaceAsync(Placement(pair.Key, pair.Value.Orders + 1), default))).InTimeAsync();
        again.ShouldAllBe(result => result.Kind == PlaceResultKind.Placed || result.Kind == PlaceResultKind.Replayed);
        var expected = acknowledged.Values.Sum(value => value.Orders) + acknowledged.Count;
        (await server.Database.ReadAsync(session => session.Connection.QuerySingle<(long, long, long, long, long)>("""
            SELECT (SELECT COUNT(*) FROM orders), (SELECT COUNT(*) FROM submissions), (SELECT COUNT(*) FROM outbox), (SELECT COUNT(*) FROM audit), (SELECT last_number FROM order_numbers)
            """), default).InTimeAsync()).ShouldBe((expected, expected, expected, expected, expected));
    }

    private static OrderPlacement Placement(int caller, int number)
    {
        var placement = OrderStoreConformance.Placement((caller * 100_000) + number, key: OrderWrites.Key(caller, number), print: "print");
        return placement with { Order = placement.Order with { Restaurant = OrderWrites.Restaurant } };
    }
}
