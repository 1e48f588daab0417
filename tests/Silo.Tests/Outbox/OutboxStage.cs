using System.Diagnostics.Metrics;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Storage.Orders;
using VoiceOrdering.Silo.Tests.Storage;

namespace VoiceOrdering.Silo.Tests.Outbox;

/// <summary>A database, the stores on it and senders that can be started and stopped, as processes would be.</summary>
internal sealed class OutboxStage : IAsyncDisposable
{
    private readonly TestDatabase _file;
    private readonly OutboxHttp _http;
    private readonly IMeterFactory _meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
    private readonly OutboxSignal _signal = new();
    private OutboxSender? _sender;

    private readonly List<OutboxSender> _others = [];

    public OutboxStage(Func<OutboxSettings, OutboxSettings>? with = null, TimeProvider? clock = null, TestDatabase? database = null)
    {
        _file = database ?? new TemporaryFile();
        Clock = clock ?? TimeProvider.System;
        var quick = new OutboxSettings { Timeout = TimeSpan.FromSeconds(2), FirstRetry = TimeSpan.FromMilliseconds(100), LongestRetry = TimeSpan.FromSeconds(1), AllowPrivateAddresses = true };
        Settings = with is null ? quick : with(quick);
        _http = new OutboxHttp(Settings, Clock);
        Orders = new OrderStore(_file.Database, _signal);
        Outbox = new WatchedOutbox(new OutboxStore(_file.Database));
        Destinations = new DestinationStore(_file.Database, new EphemeralDataProtectionProvider());
    }

    public TimeProvider Clock { get; }

    public OutboxSettings Settings { get; }

    public IOrderStore Orders { get; }

    public WatchedOutbox Outbox { get; }

    public IDestinationStore Destinations { get; }

    public async Task StartAsync(IOutbox? outbox = null, IDestinationStore? destinations = null)
    {
        _sender = Sender(outbox ?? Outbox, destinations ?? Destinations, _signal);
        await _sender.StartAsync(default);
    }

    /// <summary>Starts a second sender, as another process would, with a bell of its own.</summary>
    public async Task<OutboxSignal> StartAnotherAsync()
    {
        var signal = new OutboxSignal();
        var sender = Sender(Outbox, Destinations, signal);
        _others.Add(sender);
        await sender.StartAsync(default);
        return signal;
    }

    private OutboxSender Sender(IOutbox outbox, IDestinationStore destinations, OutboxSignal signal)
    {
        var around = new OutboxSender.Surroundings(Settings, signal, new OutboxMetrics(_meters, Clock), Clock) { Jitter = () => 0 };
        return new OutboxSender(outbox, destinations, [new PosChannel(_http), new TelegramChannel(_http)], around, NullLogger<OutboxSender>.Instance);
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

    /// <summary>Tells the sender that a destination works again.</summary>
    public void Hurry(string destinationId) => _signal.Hurry(destinationId);

    /// <summary>Rings the sender's bell.</summary>
    public void Wake() => _signal.Raise();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var sender in _others)
        {
            await sender.StopAsync(default).InTimeAsync();
            sender.Dispose();
        }

        _http.Dispose();
        _file.Dispose();
    }
}
