using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Identity;

public sealed class TokenTimeTests
{
    [Fact]
    public async Task A_token_ends_after_ninety_minutes_and_takes_its_streams_with_it()
    {
        var clock = new MovedClock();
        var host = await ApiHost.StartAsync(new ApiHostOptions { Clock = clock });
        try
        {
            var staff = await host.LogInAsync("staff@demo-burger");
            using var stream = await staff.ListenAsync("/api/v1/orders/events");
            (await stream.NextAsync("feed.ready")).Name.ShouldBe("feed.ready");

            clock.Advance(TimeSpan.FromMinutes(89));
            (await staff.GetAsync("/api/v1/orders")).ShouldBe(200);

            clock.Advance(TimeSpan.FromMinutes(2));
            var refused = await staff.GetAsync("/api/v1/orders");
            refused.ShouldBeProblem(401, "TOKEN_EXPIRED");
            refused.Headers["www-authenticate"].ShouldContain("invalid_token");
            (await stream.TryNextAsync("the end of the stream")).ShouldBeNull();
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task Tokens_survive_a_restart_on_the_same_data()
    {
        var first = await ApiHost.StartAsync(new ApiHostOptions());
        try
        {
            var token = (await first.LogInAsync("staff@demo-burger")).Token!;
            await first.StopAsync();
            var second = await ApiHost.StartAsync(new ApiHostOptions { DataDirectory = first.DataDirectory });
            try
            {
                (await second.Stranger.GetAsync("/api/v1/orders", ("Authorization", $"Bearer {token}"))).ShouldBe(200);
            }
            finally
            {
                await second.DisposeAsync();
            }
        }
        finally
        {
            await first.DisposeAsync();
        }
    }
}
