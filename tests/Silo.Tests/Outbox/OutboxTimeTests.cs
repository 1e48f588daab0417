using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Silo.Outbox;
using VoiceOrdering.Silo.Tests.Storage;
using VoiceOrdering.TestKit.Receivers;
using VoiceOrdering.TestKit.Time;

namespace VoiceOrdering.Silo.Tests.Outbox;

/// <summary>When the sender tries again, on a clock that the test moves and over real sockets.</summary>
public sealed class OutboxTimeTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly TimeSpan s_justBefore = TimeSpan.FromMilliseconds(1);
    private readonly ManualTimeProvider _clock = new();
    private readonly PosReceiver _pos;
    private readonly OutboxStage _stage;
    private bool _isDisposed;

    public OutboxTimeTests()
    {
        _pos = new PosReceiver { Clock = _clock };
        _stage = new OutboxStage(settings => settings with { Timeout = TimeSpan.FromSeconds(10), FirstRetry = TimeSpan.FromSeconds(1), LongestRetry = TimeSpan.FromMinutes(5) }, _clock);
    }

    public async Task InitializeAsync()
    {
        await _pos.StartAsync();
        await _stage.AddAsync("demo-burger", _pos.Url);
        await _stage.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await _pos.DisposeAsync();
            await _stage.DisposeAsync();
        }
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task It_tries_again_after_one_two_four_seconds_and_so_on()
    {
        _pos.Answer = (_, before) => before < 4 ? 500 : 200;
        await PlaceAsync(1);
        for (var failures = 1; failures <= 4; failures++)
        {
            await FailuresAsync(failures);
            Move(TimeSpan.FromSeconds(1 << (failures - 1)) - s_justBefore);
            Move(s_justBefore);
        }

        var seen = await _pos.WaitAsync("five attempts", taken => taken.Count == 5);

        seen.Select(delivery => (delivery.At - _clock.Start).TotalSeconds).ShouldBe([0, 1, 3, 7, 15]);
        seen.Select(delivery => delivery.Attempt).ShouldBe([1, 2, 3, 4, 5]);
        seen.Select(delivery => delivery.Signature[..12]).Distinct().Count().ShouldBeGreaterThan(3, "each attempt is signed for its own instant");
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("Fri, 20 Nov 2026 12:02:00 GMT", 120)]
    [InlineData("999999", 3_600)]
    [InlineData("0", 1)]
    [InlineData("soon", 1)]
    public async Task A_pause_the_receiver_asks_for_is_kept(string retryAfter, int seconds)
    {
        _pos.RetryAfter = retryAfter;
        _pos.Answer = (_, before) => before == 0 ? 503 : 200;
        await PlaceAsync(1);
        await FailuresAsync(1);
        Move(TimeSpan.FromSeconds(seconds) - s_justBefore);
        Move(s_justBefore);

        var seen = await _pos.WaitAsync("the second attempt", taken => taken.Count == 2);

        (seen[1].At - _clock.Start).TotalSeconds.ShouldBe(seconds);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_has_its_time_and_no_more()
    {
        _pos.Answer = (_, before) => before == 0 ? -1 : 200;
        await PlaceAsync(1);
        await _pos.WaitAsync("the attempt that stalls", taken => taken.Count == 1);
        Move(_stage.Settings.Timeout);
        await FailuresAsync(1);
        (await ListAsync(DeliveryState.Pending)).Single().LastError.ShouldBe("no answer within 10 s");
        Move(TimeSpan.FromSeconds(1));

        (await _pos.WaitAsync("the second attempt", taken => taken.Count == 2))[1].Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task What_failed_often_goes_out_at_once_when_the_receiver_takes_something_else()
    {
        _pos.Answer = (delivery, before) => delivery.Order == "ord_1" && before < 5 ? 500 : 200;
        await PlaceAsync(1);
        foreach (var pause in new[] { 1, 2, 4, 8 })
        {
            await FailuresAsync((int)Math.Log2(pause) + 1);
            Move(TimeSpan.FromSeconds(pause));
        }

        await FailuresAsync(5);
        await PlaceAsync(2);
        Move(TimeSpan.FromSeconds(1));

        var taken = await _pos.WaitAsync("both orders", seen => seen.Count(delivery => delivery.Status == 200) == 2);

        taken.TakeLast(2).Select(delivery => $"{delivery.Order} {(delivery.At - _clock.Start).TotalSeconds}").ShouldBe(["ord_2 16", "ord_1 16"], "by itself the first order would wait until 31");
    }

    [Fact]
    public async Task Somebody_who_says_that_it_works_again_is_believed()
    {
        _pos.RetryAfter = "3600";
        _pos.Answer = (_, before) => before == 0 ? 503 : 200;
        await PlaceAsync(1);
        await FailuresAsync(1);

        _stage.Hurry("dst-demo-burger-Pos");

        (await _pos.WaitAsync("the second attempt", taken => taken.Count == 2))[1].At.ShouldBe(_clock.Start);
    }

    [Fact]
    public async Task What_was_never_taken_is_given_up_after_a_day()
    {
        _pos.Answer = (_, _) => 500;
        await PlaceAsync(1);
        await FailuresAsync(1);
        Move(TimeSpan.FromHours(24));

        await _stage.UntilAsync("a dead letter", async () => (await ListAsync(DeliveryState.Dead)).Count == 1);

        (await ListAsync(DeliveryState.Dead)).Single().Attempts.ShouldBe(2);
    }

    /// <summary>Moves the clock and makes sure that the sender, wherever it is, looks at it.</summary>
    private void Move(TimeSpan by)
    {
        _clock.Advance(by);
        _stage.Wake();
    }

    private Task FailuresAsync(int count) =>
        _stage.UntilAsync($"{count} failures", async () => (await ListAsync(DeliveryState.Pending)).Any(delivery => delivery.Attempts == count));

    private Task<IReadOnlyList<DeliveryRecord>> ListAsync(DeliveryState state) => _stage.Outbox.ListAsync(new DeliveryQuery("demo-burger", state, null, 200), default);

    private Task<PlaceResult> PlaceAsync(int number) =>
        _stage.Orders.PlaceAsync(OrderStoreConformance.Placement(number, origin: new(Restaurant: new RestaurantId("demo-burger"), At: _clock.GetUtcNow())), default).InTimeAsync();
}
