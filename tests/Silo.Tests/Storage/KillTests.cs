using System.Collections.Concurrent;
using System.Diagnostics;
using Dapper;
using Orleans.Storage;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Orders;
using VoiceOrdering.Silo.Storage.Postgres;
using VoiceOrdering.Silo.Tests.Child;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>A real process is killed in the middle of thousands of writes; what it had acknowledged is there, what is there is whole.</summary>
public abstract class KillTests(TestDatabase file) : IDisposable
{
    // More than can be made before the reader of the lines, who may be slow, has seen enough to kill.
    private const int Endless = 5_000_000;
    private const int Callers = 64;

    public void Dispose()
    {
        file.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Says so when the database was damaged.</summary>
    protected abstract Task CheckAsync();

    [DatabaseFact]
    public Task No_acknowledged_state_is_lost_or_torn_and_etags_still_guard() => KillAndReadAsync(1_501);

    [DatabaseFact]
    public Task No_acknowledged_state_is_lost_when_it_dies_later() => KillAndReadAsync(5_003);

    protected async Task KillAndReadAsync(int killAfter)
    {
        var acknowledged = new ConcurrentDictionary<int, (int Count, string ETag)>();
        var lines = await RunAndKillAsync("states", killAfter, words => acknowledged[int.Parse(words[0], null)] = (int.Parse(words[1], null), words[2]));
        lines.ShouldBeInRange(killAfter, Endless - 1, "the process was to die in the middle");

        var storage = StateWrites.Storage(file.Database);
        foreach (var (caller, (count, etag)) in acknowledged)
        {
            var state = new GrainState<CountedState>();
            await storage.ReadStateAsync(StateWrites.StateName, StateWrites.GrainOf(caller), state).InTimeAsync();
            // One more write may have been committed whose answer died with the process.
            state.State.Count.ShouldBeInRange(count, count + 1, $"caller {caller}");
            state.State.IsWhole().ShouldBeTrue($"caller {caller}");
            state.ETag.ShouldBe((state.State.Count).ToString(null, null));

            var stale = new GrainState<CountedState> { State = CountedState.Of("stale", 1), ETag = (long.Parse(etag, null) - 1).ToString(null, null) };
            await Should.ThrowAsync<InconsistentStateException>(storage.WriteStateAsync(StateWrites.StateName, StateWrites.GrainOf(caller), stale).InTimeAsync());
            state.State = CountedState.Of(state.State.Grain, state.State.Count + 1);
            await storage.WriteStateAsync(StateWrites.StateName, StateWrites.GrainOf(caller), state).InTimeAsync();
        }
        await CheckAsync();
    }

    [DatabaseFact]
    public async Task No_acknowledged_order_is_lost_and_replaying_all_keys_makes_no_second_one()
    {
        var acknowledged = new ConcurrentDictionary<(int Caller, int Number), string>();
        var lines = await RunAndKillAsync("orders", 2_003, words => acknowledged[(int.Parse(words[0], null), int.Parse(words[1], null))] = words[2]);
        lines.ShouldBeInRange(2_003, Endless - 1, "the process was to die in the middle");

        var store = new OrderStore(file.Database, new OutboxSignal());
        foreach (var ((caller, number), called) in acknowledged)
        {
            (await store.FindSubmissionAsync(OrderWrites.Restaurant, OrderWrites.Key(caller, number), default).InTimeAsync())!.Order.Number.ShouldBe(called);
        }
        var (orders, submissions, outbox, audit, numbers) = await CountsAsync();
        orders.ShouldBeInRange(acknowledged.Count, acknowledged.Count + Callers);
        (submissions, outbox, audit, numbers).ShouldBe((orders, orders, orders, orders), "the rows of one order come together or not at all");

        file.Close();
        var replayed = new ConcurrentDictionary<(int Caller, int Number), string>();
        // Every caller's acknowledged keys, the one whose answer died with the process, and one that is new.
        var all = (acknowledged.Keys.Max(key => key.Number) + 3) * Callers;
        await RunAsync("orders", all, words => replayed[(int.Parse(words[0], null), int.Parse(words[1], null))] = words[2], killAfter: null);
        foreach (var (key, called) in acknowledged)
        {
            replayed[key].ShouldBe(called);
        }
        replayed.Count.ShouldBe(all);
        (await CountsAsync()).Orders.ShouldBe(all);
    }

    private Task<(long Orders, long Submissions, long Outbox, long Audit, long Numbers)> CountsAsync() => file.Database.ReadAsync(session =>
        session.Connection.QuerySingle<(long, long, long, long, long)>("""
            SELECT (SELECT COUNT(*) FROM orders), (SELECT COUNT(*) FROM submissions), (SELECT COUNT(*) FROM outbox), (SELECT COUNT(*) FROM audit), (SELECT last_number FROM order_numbers)
            """), default).InTimeAsync();

    private async Task<int> RunAndKillAsync(string mode, int killAfter, Action<string[]> acknowledged) => await RunAsync(mode, Endless, acknowledged, killAfter);

    /// <summary>Runs the child to its end or kills it at that line; returns the number of whole lines it wrote.</summary>
    private async Task<int> RunAsync(string mode, int writes, Action<string[]> acknowledged, int? killAfter)
    {
        var program = Path.Combine(AppContext.BaseDirectory, typeof(StateWrites).Assembly.GetName().Name + ".dll");
        var start = new ProcessStartInfo("dotnet", ["exec", program, mode, file.Address, $"{writes}", $"{Callers}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync();
        var lines = 0;
        while (await child.StandardOutput.ReadLineAsync().InTimeAsync() is { } line)
        {
            var words = line.Split(' ');
            // The line that was being written when the process died may be cut.
            if (words.Length != 3 || words[2].Length == 0)
            {
                continue;
            }
            acknowledged(words);
            if (++lines == killAfter)
            {
                child.Kill();
            }
        }
        await child.WaitForExitAsync().InTimeAsync();
        var expected = killAfter is null ? 0 : 137;
        child.ExitCode.ShouldBe(expected, await errors.InTimeAsync());
        return lines;
    }
}

public sealed class SqliteKillTests : KillTests
{
    private readonly TestDatabase _file;

    public SqliteKillTests() : this(new TemporaryFile())
    {
    }

    private SqliteKillTests(TestDatabase file) : base(file) => _file = file;

    [Fact]
    public Task No_acknowledged_state_is_lost_when_it_dies_late() => KillAndReadAsync(8_209);

    protected override async Task CheckAsync() =>
        (await _file.Database.ReadAsync(session => session.Connection.ExecuteScalar<string>("PRAGMA integrity_check"), default).InTimeAsync()).ShouldBe("ok");
}

/// <summary>The process that writes to PostgreSQL is killed; the next one waits until the server has noticed and rolled back what was begun.</summary>
[NeedsPostgres]
public sealed class PostgresKillTests() : KillTests(new TemporaryPostgres(use: DatabaseUse.Alone))
{
    protected override Task CheckAsync() => Task.CompletedTask;
}
