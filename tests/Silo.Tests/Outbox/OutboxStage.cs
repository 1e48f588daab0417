using System.Diagnostics.Metrics;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Sqlite;
using VoiceOrdering.Silo.Tests.Storage;

namespace VoiceOrdering.Silo.Tests.Outbox;

/// <summary>A database, the stores on it and senders that can be started and stopped, as processes would be.</summary>
internal sealed class OutboxStage : IAsyncDisposable
{
    private readonly TemporaryDatabase _file = new();
    private readonly OutboxHttp _http;
    private readonly IMeterFactory _meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
    private readonly OutboxSignal _signal = new();
    private OutboxSender? _sender;

    public OutboxStage(Func<OutboxSettings, OutboxSettings>? with = null)
    {
        var quick = new OutboxSettings { Timeout = TimeSpan.FromSeconds(2), FirstRetry = TimeSpan.FromMilliseconds(100), LongestRetry = TimeSpan.FromSeconds(1), AllowPrivateAddresses = true };
        Settings = with is null ? quick : with(quick);
        _http = new OutboxHttp(Settings);
        Orders = new SqliteOrderStore(_file.Database, _signal);
        Outbox = new WatchedOutbox(new SqliteOutbox(_file.Database));
        Destinations = new SqliteDestinationStore(_file.Database, new EphemeralDataProtectionProvider());
    }

    public OutboxSettings Settings { get; }

    public IOrderStore Orders { get; }

    public WatchedOutbox Outbox { get; }

    public IDestinationStore Destinations { get; }

    public async Task StartAsync(IOutbox? outbox = null)
    {
        var around = new OutboxSender.Surroundings(Settings, _signal, new OutboxMetrics(_meters, TimeProvider.System), TimeProvider.System) { Jitter = () => 0 };
        IDeliveryChannel[] channels = [new PosChannel(_http, Settings, TimeProvider.System), new TelegramChannel(_http, Settings)];
        _sender = new OutboxSender(outbox ?? Outbox, Destinations, channels, around, NullLogger<OutboxSender>.Instance);
        await _sender.StartAsync(default);
    }

    public async Task StopAsync()
    {
        if (_sender is { } sender)
        {
            _sender = null;
            await sender.StopAsync(default).InTimeAsync();
            sender.Dispose();
        }
    }

    public async Task<Destination> AddAsync(string restaurant, string address, DestinationKind kind = DestinationKind.Pos)
    {
        var destination = new Destination($"dst-{restaurant}-{kind}", restaurant, kind, address, true, TimeProvider.System.GetUtcNow()) { Secrets = kind == DestinationKind.Pos ? ["secret-" + restaurant] : [] };
        (await Destinations.AddAsync(destination, 5, default)).ShouldBeTrue();
        return destination;
    }

    /// <summary>Waits until the store says so; it is asked again whenever a sender settled something.</summary>
    public async Task UntilAsync(string what, Func<Task<bool>> isSo)
    {
        while (true)
        {
            var next = Outbox.NextChange;
            if (await isSo())
            {
                return;
            }

            if (await Task.WhenAny(next, Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System)) != next)
            {
                throw new TimeoutException($"It did not come to this within 30 s of the last change: {what}.");
            }
        }
    }

    /// <summary>Signing secrets as they are in the file.</summary>
    public async Task<IReadOnlyList<string>> StoredSecretsAsync() =>
        await _file.Database.ReadAsync<IReadOnlyList<string>>(session => session.Connection.Query<string>("SELECT secrets FROM destinations").AsList(), default);

    /// <summary>Rings the sender's bell.</summary>
    public void Wake() => _signal.Raise();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _file.Dispose();
    }
}
