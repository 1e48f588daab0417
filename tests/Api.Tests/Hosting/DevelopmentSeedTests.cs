using VoiceOrdering.Api.Hosting;

namespace VoiceOrdering.Api.Tests.Hosting;

public sealed class DevelopmentSeedTests
{
    [Fact]
    public async Task Outside_development_there_are_no_development_users()
    {
        var host = await ApiHost.StartAsync(new ApiHostOptions { Environment = "Production" });
        try
        {
            (await host.Stranger.PostAsync("/api/v1/auth/token", new { username = "owner@demo-burger", password = ApiHost.Password })).ShouldBeProblem(401, "CREDENTIALS_INVALID");
            (await host.With("somebody", "demo-burger").GetAsync("/api/v1/menu")).ShouldBeProblem(404, "RESTAURANT_UNKNOWN");
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_database_of_development_is_refused_elsewhere()
    {
        var development = await ApiHost.StartAsync(new ApiHostOptions());
        try
        {
            await development.StopAsync();
            var fault = await Should.ThrowAsync<Exception>(() => ApiHost.StartAsync(new ApiHostOptions { Environment = "Production", DataDirectory = development.DataDirectory }));
            Causes(fault).OfType<SettingException>().ShouldHaveSingleItem().Message.ShouldContain("development users");
        }
        finally
        {
            await development.DisposeAsync();
        }
    }

    private static IEnumerable<Exception> Causes(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            yield return fault;
        }
    }
}
