using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Tests.Storage;
using VoiceOrdering.TestKit.Time;

namespace VoiceOrdering.Silo.Tests.Outbox;

/// <summary>Notices to a chat by a bot endpoint on a real socket.</summary>
public sealed class TelegramTests
{
    [Fact]
    public async Task Staff_read_of_new_and_cancelled_orders_and_the_pause_the_bot_asks_for_is_kept()
    {
        var messages = new ConcurrentQueue<(string Path, string Chat, string Text, DateTimeOffset At)>();
        var three = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var bot = await StartAsync(async http =>
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            messages.Enqueue((http.Request.Path, body.RootElement.GetProperty("chat_id").GetString()!, body.RootElement.GetProperty("text").GetString()!, TimeProvider.System.GetUtcNow()));
            if (messages.Count == 1)
            {
                http.Response.StatusCode = 429;
                await http.Response.WriteAsync("""{"ok":false,"error_code":429,"parameters":{"retry_after":1}}""");
            }
            else if (messages.Count == 3)
            {
                three.SetResult();
            }
        });
        await using var stage = new OutboxStage(settings => settings with { TelegramAddress = AddressOf(bot), TelegramToken = "123:abc" });
        await stage.AddAsync("demo-burger", "-1001", DestinationKind.Telegram);
        await stage.StartAsync();
        await stage.Orders.PlaceAsync(OrderStoreConformance.Placement(1, origin: new(At: TimeProvider.System.GetUtcNow())), default).InTimeAsync();
        await MoveAsync(stage, OrderStatus.Accepted, 1);
        await MoveAsync(stage, OrderStatus.Cancelled, 2);

        await three.Task.InTimeAsync();

        var (path, chat, text, first) = messages.First();
        (path, chat).ShouldBe(("/bot123:abc/sendMessage", "-1001"));
        text.ShouldStartWith("New order 001\n2 × Cheeseburger");
        text.ShouldContain("no Onions");
        text.ShouldContain("+ Bacon\n    extra Bacon\n    no Pickles\n    relish on the side");
        text.ShouldEndWith("Total 43.26 USD");
        messages.Select(message => message.Text.Split('\n')[0]).ShouldBe(["New order 001", "New order 001", "Cancelled: order 001"], "nobody is told that an order was accepted");
        (messages.ElementAt(1).At - first).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(900));
    }

    [Fact]
    public async Task A_chat_gets_no_more_in_a_minute_than_it_takes_and_the_rest_later()
    {
        var clock = new ManualTimeProvider();
        var messages = new ConcurrentQueue<(string Text, TimeSpan At)>();
        await using var bot = await StartAsync(async http =>
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            messages.Enqueue((body.RootElement.GetProperty("text").GetString()!.Split('\n')[0], clock.Elapsed));
        });
        await using var stage = new OutboxStage(settings => settings with { TelegramAddress = AddressOf(bot), TelegramToken = "123:abc", TelegramPerMinute = 5 }, clock);
        await stage.AddAsync("demo-burger", "-1001", DestinationKind.Telegram);
        await stage.StartAsync();
        for (var order = 1; order <= 12; order++)
        {
            await stage.Orders.PlaceAsync(OrderStoreConformance.Placement(order, origin: new(At: clock.GetUtcNow())), default).InTimeAsync();
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        foreach (var delivered in new[] { 5, 10, 12 })
        {
            stage.Wake();
            await stage.UntilAsync($"{delivered} notices", async () => (await stage.Outbox.ListAsync(new DeliveryQuery("demo-burger", DeliveryState.Delivered, null, 200), default)).Count == delivered);
            messages.Count.ShouldBe(delivered);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        messages.Select(message => Math.Floor(message.At.TotalMinutes)).ShouldBe([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2]);
        messages.Select(message => message.Text).Distinct().Count().ShouldBe(12);
    }

    [Fact]
    public async Task Without_a_bot_a_notice_is_a_dead_letter_that_says_so()
    {
        await using var stage = new OutboxStage();
        await stage.AddAsync("demo-burger", "-1001", DestinationKind.Telegram);
        await stage.Orders.PlaceAsync(OrderStoreConformance.Placement(1, origin: new(At: TimeProvider.System.GetUtcNow())), default).InTimeAsync();
        await stage.StartAsync();

        IReadOnlyList<DeliveryRecord> dead = [];
        await stage.UntilAsync("a dead letter", async () => (dead = await stage.Outbox.ListAsync(new DeliveryQuery("demo-burger", DeliveryState.Dead, null, 10), default)).Count == 1);

        dead[0].LastError.ShouldBe("no bot token is set");
    }

    private static Task<OrderView?> MoveAsync(OutboxStage stage, OrderStatus status, long version) => stage.Orders.ChangeStatusAsync(
        new StatusChange(new RestaurantId("demo-burger"), new OrderId("ord_1"), status, version, "staff", TimeProvider.System.GetUtcNow()), default).InTimeAsync();

    private static async Task<WebApplication> StartAsync(RequestDelegate take)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapPost("/{**path}", take);
        await app.StartAsync();
        return app;
    }

    private static Uri AddressOf(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
}
