using System.Net.Sockets;
using Dapper;
using Npgsql;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage;
using VoiceOrdering.Silo.Storage.Orders;
using VoiceOrdering.Silo.Storage.Postgres;
using VoiceOrdering.TestKit.Databases;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>One silo alone on its database; its connection is lost while the server commits, and the commit takes its time.</summary>
[NeedsPostgres]
public sealed class LateCommitTests
{
    private static readonly RestaurantId s_burger = new("demo-burger");
    private static readonly SessionId s_late = new("ses_late");

    [DatabaseFact]
    public Task A_look_after_a_lost_commit_never_says_none_while_the_commit_is_on_its_way() =>
        LookAsync(store => store.FindOfSessionAsync(s_burger, s_late, default));

    private static async Task LookAsync(Func<OrderStore, Task<PlacedCart?>> look)
    {
        var direct = await Task.Run(SharedPostgres.Cluster.CreateDatabaseAsync);
        using var between = new Between(new NpgsqlConnectionStringBuilder(direct).Host!);
        var settings = new PostgresSettings { Connection = new NpgsqlConnectionStringBuilder(direct) { Host = between.Folder }.ToString(), Use = DatabaseUse.Alone, HandOverSeconds = 1 };
        using var database = PostgresDatabase.Open(settings, TimeProvider.System);
        var store = new OrderStore(database, new OutboxSignal());
        await using var control = new NpgsqlConnection(direct + ";Pooling=false");
        await control.OpenAsync();
        await control.ExecuteAsync("""
            CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.session_id = 'ses_late' THEN PERFORM pg_advisory_xact_lock(77); END IF; RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow();
            SELECT pg_advisory_lock(77)
            """);
        var placing = store.PlaceAsync(OrderStoreConformance.Placement(1, origin: new(Session: s_late.Value)), default);
        while (await control.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'advisory'") == 0)
        {
            await Task.Yield();
        }
        between.CutClients();
        (await Should.ThrowAsync<StorageException>(placing.InTimeAsync())).Code.ShouldBe(StorageErrorCodes.OutcomeUnknown);

        var saidNone = false;
        try
        {
            saidNone = await look(store).InTimeAsync() is null;
        }
        catch (StorageException)
        {
            // It does not know, and says so: the cart stays unsettled and asks again.
        }
        await control.ExecuteAsync("SELECT pg_advisory_unlock(77)");
        while (await control.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM orders") == 0)
        {
            await Task.Yield();
        }
        between.CutServers();
        (await store.FindOfSessionAsync(s_burger, s_late, default).InTimeAsync()).ShouldNotBeNull();
        saidNone.ShouldBeFalse("the order is there, but the look had said that there is none");
    }

    /// <summary>Stands between the silo and the server, and can lose the silo without the server noticing.</summary>
    private sealed class Between : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        private readonly Lock _gate = new();
        private readonly List<Socket> _clients = [];
        private readonly List<Socket> _servers = [];

        public Between(string server)
        {
            Folder = Directory.CreateTempSubdirectory("vo-between-").FullName;
            _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(Folder, ".s.PGSQL.5432")));
            _listener.Listen();
            _ = AcceptAsync(Path.Combine(server, ".s.PGSQL.5432"));
        }

        public string Folder { get; }

        public void CutClients() => Close(_clients);

        public void CutServers() => Close(_servers);

        public void Dispose()
        {
            _listener.Dispose();
            CutClients();
            CutServers();
            Directory.Delete(Folder, recursive: true);
        }

        private void Close(List<Socket> sockets)
        {
            lock (_gate)
            {
                foreach (var socket in sockets) socket.Dispose();
                sockets.Clear();
            }
        }

        private async Task AcceptAsync(string path)
        {
            try
            {
                while (true)
                {
                    var client = await _listener.AcceptAsync();
                    var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await server.ConnectAsync(new UnixDomainSocketEndPoint(path));
                    lock (_gate)
                    {
                        _clients.Add(client);
                        _servers.Add(server);
                    }
                    _ = PumpAsync(client, server);
                    _ = PumpAsync(server, client);
                }
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
            }
        }

        private static async Task PumpAsync(Socket from, Socket to)
        {
            var buffer = new byte[65_536];
            try
            {
                int read;
                while ((read = await from.ReceiveAsync(buffer)) > 0) await to.SendAsync(buffer.AsMemory(0, read));
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
            }
        }
    }
}
