using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Identity;

public sealed class LogInThrottleTests
{
    private readonly MovedClock _clock = new();

    [Fact]
    public void The_eleventh_failure_of_a_name_waits_for_the_window()
    {
        var throttle = new LogInThrottle(new ApiLimits(), _clock);
        for (var i = 0; i < 10; i++)
        {
            throttle.TryBegin("Staff", "10.0.0.1").ShouldBeNull();
        }

        throttle.TryBegin("staff", "10.0.0.1")!.Value.ShouldBeInRange(TimeSpan.FromSeconds(290), TimeSpan.FromSeconds(300));
        throttle.TryBegin("staff", "10.0.0.2").ShouldBeNull("another address is not locked out by a stranger");
        _clock.Advance(TimeSpan.FromSeconds(301));
        throttle.TryBegin("staff", "10.0.0.1").ShouldBeNull();
    }

    [Fact]
    public void A_success_gives_the_attempts_back()
    {
        var throttle = new LogInThrottle(new ApiLimits(), _clock);
        for (var i = 0; i < 200; i++)
        {
            throttle.TryBegin("staff", "10.0.0.1").ShouldBeNull();
            throttle.Succeeded("staff", "10.0.0.1");
        }
    }

    [Fact]
    public void Many_names_from_one_address_are_stopped_too()
    {
        var throttle = new LogInThrottle(new ApiLimits { LogInFailuresPerAddress = 20 }, _clock);
        for (var i = 0; i < 20; i++)
        {
            throttle.TryBegin($"name{i}", "10.0.0.1").ShouldBeNull();
        }

        throttle.TryBegin("another", "10.0.0.1").ShouldNotBeNull();
    }

    [Fact]
    public void What_is_remembered_is_bounded()
    {
        var throttle = new LogInThrottle(new ApiLimits { LogInsTracked = 16 }, _clock);
        for (var i = 0; i < 8; i++)
        {
            throttle.TryBegin($"name{i}", $"10.0.0.{i}").ShouldBeNull();
        }

        throttle.TryBegin("one more", "10.0.1.1").ShouldNotBeNull();
        _clock.Advance(TimeSpan.FromSeconds(301));
        throttle.TryBegin("one more", "10.0.1.1").ShouldBeNull();
    }

    [Fact]
    public async Task Over_http_the_refusal_says_when_to_come_back()
    {
        var host = await ApiHost.StartAsync(new ApiHostOptions { Limits = new Dictionary<string, int> { ["LogInFailuresPerName"] = 2 } });
        try
        {
            for (var i = 0; i < 2; i++)
            {
                (await host.Stranger.PostAsync("/api/v1/auth/token", new { username = "staff@demo-burger", password = "wrong" })).ShouldBeProblem(401, "CREDENTIALS_INVALID");
            }

            (await host.Stranger.PostAsync("/api/v1/auth/token", new { username = "staff@demo-burger", password = ApiHost.Password })).ShouldBeProblem(429, "LOGIN_THROTTLED");
        }
        finally
        {
            await host.DisposeAsync();
        }
    }
}
