using VoiceOrdering.TestKit.Receivers;

namespace VoiceOrdering.Load.Orders;

/// <summary>
/// Carries a plan out on the real product: customers order over HTTP, the process is killed, points of sale die, stall, fail and drop connections. Then it waits until
/// everything acknowledged has arrived and hands over what was seen.
/// </summary>
internal sealed class OrderSimulation : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly OrderPlan _plan;
    private readonly TextWriter _log;
    private readonly KilledProduct _product;
    private readonly PosReceiver[] _receivers;
    private HttpClient? _http;

    public OrderSimulation(OrderPlan plan, TextWriter log)
    {
        _plan = plan;
        _log = log;
        _product = new KilledProduct(plan.Load.Restaurants, _time);
        _receivers = [.. Enumerable.Range(0, plan.Load.Restaurants).Select(Receiver)];
    }

    public async Task<SimulationRecord> RunAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var tills = await OpenAsync(limit.Token);
        limit.CancelAfter(_plan.Load.Spread + Patience);
        var start = _time.GetTimestamp();
        var customers = _plan.Orders.Select(async planned =>
        {
            await AtAsync(planned.At, start, limit.Token);
            return await tills[planned.Restaurant].OrderAsync(planned, limit.Token);
        }).ToArray();
        await Task.WhenAll(Task.WhenAll(customers), KillAsync(start, limit.Token), Task.WhenAll(_plan.Outages.GroupBy(outage => outage.Restaurant).Select(own => BreakAsync(own, start, limit.Token))));
        var receipts = customers.SelectMany(customer => customer.Result).ToArray();
        await _log.WriteLineAsync($"  {receipts.Length} submissions acknowledged after {_time.GetElapsedTime(start).TotalSeconds:0.0} s");

        foreach (var receiver in _receivers)
        {
            receiver.Answer = (_, _) => 204;
        }

        var unsettled = await SettleAsync(tills, limit.Token);
        var took = _time.GetElapsedTime(start);
        var stored = await Task.WhenAll(tills.Select(till => till.StoredAsync(limit.Token)));
        var vouchers = await Task.WhenAll(tills.Select(till => till.VouchersAsync(limit.Token)));
        return new SimulationRecord(_plan)
        {
            Receipts = receipts,
            Stored = [.. stored.SelectMany(orders => orders)],
            Vouchers = [.. vouchers.SelectMany(listed => listed)],
            Seen = [.. _receivers.Select(receiver => receiver.Seen)],
            Unsettled = unsettled,
            Retries = tills.Sum(till => till.Retries),
            Kills = _product.Kills,
            Took = took,
        };
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        await _product.DisposeAsync();
        foreach (var receiver in _receivers)
        {
            await receiver.DisposeAsync();
        }
    }

    private async Task<ChainTill[]> OpenAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_receivers.Select(receiver => receiver.StartAsync()));
        await _product.StartAsync(cancellationToken);
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 128 }) { BaseAddress = _product.Address, Timeout = TimeSpan.FromSeconds(10) };
        ChainTill[] tills = [.. Enumerable.Range(0, _plan.Load.Restaurants).Select(restaurant => new ChainTill(restaurant, _product, _http, _time))];
        await Parallel.ForEachAsync(Enumerable.Range(0, tills.Length), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (restaurant, token) =>
        {
            await tills[restaurant].LogInAsync(token);
            _receivers[restaurant].Secret = await tills[restaurant].OpenAsync(_receivers[restaurant].Url, token);
        });
        return tills;
    }

    /// <summary>A point of sale of its own that fails now and then by itself: it is slow for ever, drops the connection after it has read, or answers with an error.</summary>
    private PosReceiver Receiver(int restaurant)
    {
        var random = new Random(_plan.Load.Seed + restaurant);
        return new PosReceiver
        {
            Answer = (_, _) =>
            {
                lock (random)
                {
                    return random.Next(100) switch { < 2 => -1, < 5 => 0, < 10 => 503, _ => 204 };
                }
            },
        };
    }

    private async Task KillAsync(long start, CancellationToken cancellationToken)
    {
        foreach (var at in _plan.Kills)
        {
            await AtAsync(at, start, cancellationToken);
            await _product.KillAsync(cancellationToken);
            await _log.WriteLineAsync($"  {_time.GetElapsedTime(start).TotalSeconds,6:0.0} s  killed, and up again");
        }
    }

    private async Task BreakAsync(IEnumerable<PlannedOutage> outages, long start, CancellationToken cancellationToken)
    {
        foreach (var outage in outages)
        {
            await AtAsync(outage.At, start, cancellationToken);
            var receiver = _receivers[outage.Restaurant];
            await receiver.StopAsync();
            await Task.Delay(outage.For, _time, cancellationToken);
            await RestartAsync(receiver, cancellationToken);
        }
    }

    private async Task RestartAsync(PosReceiver receiver, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await receiver.StartAsync();
                return;
            }
            catch (IOException)
            {
                // Somebody's outgoing connection has the port for a moment.
                await Task.Delay(BetweenLooks, _time, cancellationToken);
            }
        }
    }

    /// <summary>Waits until nothing is pending; returns what is still there when patience ends, and all dead letters.</summary>
    private async Task<IReadOnlyList<string>> SettleAsync(ChainTill[] tills, CancellationToken cancellationToken)
    {
        var pending = new List<string>();
        try
        {
            do
            {
                await Task.Delay(BetweenLooks, _time, cancellationToken);
                pending.Clear();
                foreach (var till in tills)
                {
                    pending.AddRange(await till.DeliveriesAsync("pending", cancellationToken));
                }
            }
            while (pending.Count > 0);
        }
        catch (OperationCanceledException) when (pending.Count > 0)
        {
            return pending;
        }

        var dead = await Task.WhenAll(tills.Select(till => till.DeliveriesAsync("dead", cancellationToken)));
        return [.. dead.SelectMany(deliveries => deliveries)];
    }

    private async Task AtAsync(TimeSpan at, long start, CancellationToken cancellationToken)
    {
        var left = at - _time.GetElapsedTime(start);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, _time, cancellationToken);
        }
    }
}
