using System.Net;
using Microsoft.Extensions.Configuration;
using VoiceOrdering.Api.Hosting;

namespace VoiceOrdering.Api.Tests.Hosting;

public sealed class ApiCommandLineTests
{
    [Fact]
    public void Without_arguments_the_documented_defaults_hold()
    {
        var settings = Read([]);
        settings.Port.ShouldBe(8080);
        settings.UdpPort.ShouldBe(40_000);
        settings.SipPort.ShouldBe(5_060);
        settings.DataDirectory.ShouldBe(Path.GetFullPath("./data"));
        settings.Simulator.ShouldBeTrue();
        settings.Environment.ShouldBe("Development");
        settings.Bind.ShouldBeNull();
    }

    [Fact]
    public void Options_win_over_the_environment()
    {
        var environment = new Dictionary<string, string> { ["VO_PORT"] = "9000", ["VO_UDP_PORT"] = "41000", ["OPENAI_API_KEY"] = "x", ["VO_DEV_PASSWORD"] = "secret" };
        var settings = Read(["--port", "9001", "--data", "/tmp/somewhere", "--environment", "Production"], environment);
        settings.Port.ShouldBe(9001);
        settings.UdpPort.ShouldBe(41_000);
        settings.DataDirectory.ShouldBe("/tmp/somewhere");
        settings.Simulator.ShouldBeFalse("a key is set");
        settings.DevelopmentPassword.ShouldBe("secret");
        settings.Bind.ShouldBe(IPAddress.Any, "outside Development the host is reached from elsewhere");
        Read(["--simulator", "on"], environment).Simulator.ShouldBeTrue();
    }

    [Theory]
    [InlineData("--port abc", "--port must be a port from 0 to 65535, not 'abc'")]
    [InlineData("--port 70000", "--port must be a port from 0 to 65535, not '70000'")]
    [InlineData("--port=-1", "--port must be a port from 0 to 65535, not '-1'")]
    [InlineData("--udp-port 1.5", "--udp-port must be a port")]
    [InlineData("--simulator maybe", "--simulator must be one of auto, on, off, not 'maybe'")]
    [InlineData("--engine akka", "--engine must be one of embedded, orleans, not 'akka'")]
    [InlineData("--bogus", "'--bogus'")]
    [InlineData("extra", "'extra'")]
    [InlineData("--port", "--port")]
    public void What_is_wrong_is_said_in_one_line(string arguments, string sentence)
    {
        var fault = Should.Throw<SettingException>(() => Read(arguments.Split(' ')));
        fault.Message.ShouldContain(sentence);
        fault.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void The_other_engine_is_told_how_to_be_built()
    {
        var other = ApiCommandLine.BuiltEngine == "embedded" ? "orleans" : "embedded";
        Should.Throw<SettingException>(() => Read(["--engine", other])).Message.ShouldContain($"-p:Engine={other}");
    }

    [Theory]
    [InlineData("VO_PORT", "http")]
    [InlineData("VO_BIND", "everywhere")]
    [InlineData("VO_SIMULATOR", "perhaps")]
    public void A_wrong_environment_value_is_refused(string name, string value) =>
        Should.Throw<SettingException>(() => Read([], new Dictionary<string, string> { [name] = value })).Message.ShouldContain($"'{value}'");

    [Fact]
    public void Help_lists_every_option_and_starts_nothing()
    {
        using var output = new StringWriter();
        ApiCommandLine.Read(["--help"], _ => null, output).ShouldBeNull();
        foreach (var option in new[] { "--port", "--data", "--udp-port", "--sip-port", "--simulator", "--engine", "--environment" })
        {
            output.ToString().ShouldContain(option);
        }
    }

    [Fact]
    public void Every_limit_has_a_range_that_holds_its_default_and_can_be_set()
    {
        var names = typeof(ApiLimits).GetProperties(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance).Select(property => property.Name).ToArray();
        ApiLimits.All.Select(limit => limit.Name).ShouldBe(names, ignoreOrder: true);
        foreach (var limit in ApiLimits.All)
        {
            var property = typeof(ApiLimits).GetProperty(limit.Name)!;
            ((int)property.GetValue(new ApiLimits())!).ShouldBeInRange(limit.Least, limit.Most, limit.Name);
            ((int)property.GetValue(Limits(limit.Name, limit.Most.ToString()))!).ShouldBe(limit.Most, limit.Name);
            Should.Throw<SettingException>(() => Limits(limit.Name, (limit.Most + 1L).ToString())).Message.ShouldContain(limit.Name);
            Should.Throw<SettingException>(() => Limits(limit.Name, (limit.Least - 1L).ToString()));
        }

        Should.Throw<SettingException>(() => Limits("NoSuchLimit", "1")).Message.ShouldContain("unknown");
    }

    private static ApiLimits Limits(string name, string value) => ApiLimits.Read(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [$"VoiceOrdering:Limits:{name}"] = value }).Build().GetSection("VoiceOrdering:Limits"));

    private static ApiSettings Read(string[] arguments, Dictionary<string, string>? environment = null) =>
        ApiCommandLine.Read(arguments, name => environment?.GetValueOrDefault(name), TextWriter.Null).ShouldNotBeNull();
}
