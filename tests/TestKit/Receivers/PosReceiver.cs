using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace VoiceOrdering.TestKit.Receivers;

/// <summary>
/// A point of sale on a real socket: takes webhooks, checks their signature by its own reading of the documentation, and can answer badly, stall, drop the connection
/// or be dead.
/// </summary>
public sealed class PosReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private readonly List<PosDelivery> _taken = [];
    private readonly List<(Func<IReadOnlyList<PosDelivery>, bool> Wanted, TaskCompletionSource Done)> _waiting = [];
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _app;
    private int _port;

    /// <summary>The URL to register.</summary>
    public string Url => $"http://127.0.0.1:{_port}/orders";

    /// <summary>Secret the signatures are checked with; null does not check.</summary>
    public string? Secret { get; set; }

    /// <summary>Decides the answer: a status, 0 to drop the connection, -1 to stall. Gets the delivery and how often its id was asked before.</summary>
    public Func<PosDelivery, int, int> Answer { get; set; } = (_, _) => 204;

    /// <summary>Value of the header Retry-After in answers that are no success; null for none.</summary>
    public string? RetryAfter { get; set; }

    /// <summary>Clock of <see cref="PosDelivery.At"/>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Deliveries that were answered with success, in order; repeats included.</summary>
    public IReadOnlyList<PosDelivery> Taken
    {
        get
        {
            lock (_gate)
            {
                return [.. _taken.Where(delivery => delivery.Status is >= 200 and < 300)];
            }
        }
    }

    /// <summary>Every request, in order.</summary>
    public IReadOnlyList<PosDelivery> Seen
    {
        get
        {
            lock (_gate)
            {
                return [.. _taken];
            }
        }
    }

    /// <summary>Starts, on the port it had before if it ran before.</summary>
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port, listen => listen.Protocols = HttpProtocols.Http1));
        _app = builder.Build();
        _app.MapPost("/{**path}", TakeAsync);
        await _app.StartAsync();
        _port = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }

    /// <summary>Dead until it is started again: connections are refused.</summary>
    public async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            using var now = new CancellationTokenSource(TimeSpan.Zero);
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }
    }

    /// <summary>Waits until what it has seen is as wanted.</summary>
    public async Task<IReadOnlyList<PosDelivery>> WaitAsync(string what, Func<IReadOnlyList<PosDelivery>, bool> wanted)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (wanted(_taken))
            {
                return [.. _taken];
            }

            _waiting.Add((wanted, done));
        }

        try
        {
            await done.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The point of sale did not see within {Patience.TotalSeconds} s: {what}. Seen: {string.Join(", ", Seen.Select(delivery => $"{delivery.DeliveryId} {delivery.Status}"))}");
        }

        return Seen;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _closing.TrySetResult();
        await StopAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes);
        var delivery = Read(http, bytes.ToArray());
        int before;
        lock (_gate)
        {
            before = _taken.Count(other => other.DeliveryId == delivery.DeliveryId);
        }

        delivery = delivery with { Status = Answer(delivery, before) };
        lock (_gate)
        {
            _taken.Add(delivery);
            foreach (var (wanted, done) in _waiting)
            {
                if (wanted(_taken))
                {
                    done.TrySetResult();
                }
            }
        }

        switch (delivery.Status)
        {
            case 0:
                http.Abort();
                break;
            case -1:
                await Task.WhenAny(_closing.Task, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted));
                http.Abort();
                break;
            default:
                http.Response.StatusCode = delivery.Status;
                if (RetryAfter is { } pause && delivery.Status >= 300)
                {
                    http.Response.Headers.RetryAfter = pause;
                }

                break;
        }
    }

    private PosDelivery Read(HttpContext http, byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        return new PosDelivery(
            http.Request.Headers["X-VoiceOrdering-Delivery"].ToString(), root.GetProperty("event").GetString()!, root.GetProperty("restaurantId").GetString()!,
            root.GetProperty("orderId").GetString()!, root.GetProperty("order").Clone(), IsSigned(http.Request.Headers["X-VoiceOrdering-Signature"].ToString(), body))
        {
            At = Clock.GetUtcNow(),
            Attempt = int.Parse(http.Request.Headers["X-VoiceOrdering-Attempt"].ToString(), CultureInfo.InvariantCulture),
            Signature = http.Request.Headers["X-VoiceOrdering-Signature"].ToString(),
        };
    }

    /// <summary>Written from docs/reference/webhooks.md, not with the product's code.</summary>
    private bool IsSigned(string header, byte[] body)
    {
        if (Secret is null)
        {
            return true;
        }

        var parts = header.Split(',');
        var instant = parts[0]["t=".Length..];
        var expected = "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.ASCII.GetBytes(instant + ".").Concat(body).ToArray()));
        return parts.Skip(1).Contains(expected);
    }
}

/// <summary>A webhook as a point of sale saw it.</summary>
/// <param name="DeliveryId">From the header.</param>
/// <param name="Event"><c>order.placed</c> or <c>order.status</c>.</param>
/// <param name="Restaurant">From the body.</param>
/// <param name="Order">From the body.</param>
/// <param name="Body">The order.</param>
/// <param name="IsSigned">Whether a signature fits the receiver's secret.</param>
public sealed record PosDelivery(string DeliveryId, string Event, string Restaurant, string Order, JsonElement Body, bool IsSigned)
{
    /// <summary>What it was answered: a status, 0 when dropped, -1 when stalled.</summary>
    public int Status { get; init; }

    /// <summary>When it arrived, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>From the header, 1 or more.</summary>
    public int Attempt { get; init; }

    /// <summary>The header as it came.</summary>
    public string Signature { get; init; } = "";
}
