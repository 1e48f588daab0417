using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Serilog;
using VoiceOrdering.Silo.Observability;
using VoiceOrdering.Silo.Observability.Logging;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace VoiceOrdering.Silo.Tests.Observability;

public sealed class LoggingTests
{
    // Marked data: nothing of it may appear in any output.
    private const string Name = "Marked-Mallory";
    private const string Phone = "+49 170 5550199";
    private const string Mail = "mallory.marked@example.org";
    private const string Token = "tok_Marked0123456789abcdefgh";
    private static readonly string[] Marks = ["Marked", "Mallory", "mallory", "5550199", "555 0199", "example.org", "tok_"];

    [Theory]
    [InlineData(LogFormat.Json), InlineData(LogFormat.Readable)]
    public void Personal_data_never_reaches_the_output(LogFormat format)
    {
        var output = Write(format, new LogSettings(), LogEverythingPersonal);
        output.ShouldContain("Caller asked for an order");
        output.ShouldContain("***");
        output.ShouldContain("VoiceOrdering.Silo.Tests.Observability.LoggingTests.Fail", Case.Sensitive, "the stack stays");
        foreach (var mark in Marks)
        {
            output.ShouldNotContain(mark, Case.Insensitive);
        }
    }

    [Theory]
    [InlineData(LogFormat.Json), InlineData(LogFormat.Readable)]
    public void The_same_calls_show_the_data_when_a_setting_says_so(LogFormat format)
    {
        // Proves that the test above could fail: the same data does reach an output that is not masked.
        var output = Write(format, new LogSettings { PersonalData = PersonalData.Shown }, LogEverythingPersonal);
        foreach (var mark in new[] { Name, Phone, Mail, Token })
        {
            output.ShouldContain(mark);
        }
    }

    [Fact]
    public void Every_line_carries_request_and_session_and_is_one_json_object()
    {
        var output = Write(LogFormat.Json, new LogSettings(), logger =>
        {
            logger.LogInformation("outside");
            Correlation.RequestId = "req_1";
            Correlation.SessionId = "ses_1";
            logger.LogInformation("inside {count}", 3);
            Correlation.SessionId = null;
            logger.LogWarning(new InvalidOperationException("broken\nin two lines"), "after");
            RequestContext.Clear();
        });
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        lines.Length.ShouldBe(3);
        lines[0].GetProperty("Properties").TryGetProperty("requestId", out _).ShouldBeFalse();
        var inside = lines[1].GetProperty("Properties");
        (inside.GetProperty("requestId").GetString(), inside.GetProperty("sessionId").GetString(), inside.GetProperty("count").GetInt32()).ShouldBe(("req_1", "ses_1", 3));
        lines[2].GetProperty("Properties").GetProperty("requestId").GetString().ShouldBe("req_1");
        lines[2].GetProperty("Properties").TryGetProperty("sessionId", out _).ShouldBeFalse();
        lines[2].GetProperty("Exception").GetString()!.ShouldStartWith("System.InvalidOperationException: broken");
    }

    [Fact]
    public void Levels_follow_the_longest_matching_source()
    {
        var sink = new CollectingSink(SiloLogging.Formatter(LogFormat.Readable, development: true));
        using (var root = SiloLogging.CreateLogger(new LogSettings(), development: true, sink))
        using (var factory = LoggerFactory.Create(logging => logging.AddSerilog(root)))
        {
            factory.CreateLogger("Microsoft.AspNetCore.Hosting").LogInformation("quiet");
            factory.CreateLogger("Microsoft.Hosting.Lifetime").LogInformation("started");
            factory.CreateLogger("VoiceOrdering.Carts").LogDebug("detail");
        }
        sink.Text.ShouldContain("started");
        sink.Text.ShouldNotContain("quiet");
        sink.Text.ShouldNotContain("detail");
    }

    [Theory]
    [InlineData("Cannot convert 'Mallory' to a number", "Cannot convert '***' to a number")]
    [InlineData("Don't call \"Mallory\" again", "Don't call '***' again")]
    [InlineData("call +1 (555) 555-0199 now", "call *** now")]
    [InlineData("mail mallory@example.org now", "mail *** now")]
    [InlineData("token tok_0123456789abcdefgh is bad", "token *** is bad")]
    [InlineData("unclosed 'Mallory and more", "unclosed '***'")]
    [InlineData("SQLite Error 19: constraint failed after 250 ms", "SQLite Error 19: constraint failed after 250 ms")]
    public void Exception_texts_keep_their_sentence_and_lose_their_data(string text, string scrubbed) => ExceptionScrubber.Scrub(text).ShouldBe(scrubbed);

    private static string Write(LogFormat format, LogSettings settings, Action<ILogger> log)
    {
        var sink = new CollectingSink(SiloLogging.Formatter(format, development: false));
        using (var root = SiloLogging.CreateLogger(settings, development: false, sink))
        using (var factory = LoggerFactory.Create(logging => logging.AddSerilog(root)))
        {
            log(factory.CreateLogger("VoiceOrdering.Tests"));
        }
        return sink.Text;
    }

    private static void LogEverythingPersonal(ILogger logger)
    {
        using (logger.BeginScope(new Dictionary<string, object> { ["pii.name"] = Name, ["order"] = "ord_1" }))
        {
            logger.LogInformation("Caller asked for an order {pii.phone}", Phone);
            logger.LogInformation("Deep {@value}", new Dictionary<string, object> { ["pii.mail"] = Mail, ["nested"] = new[] { new Dictionary<string, object> { ["PII.token"] = Token } } });
        }
        try
        {
            Fail();
        }
        catch (InvalidOperationException failure)
        {
            logger.LogError(failure, "The turn failed {pii.name}", Name);
        }
    }

    private static void Fail()
    {
        try
        {
            throw new FormatException($"The value '{Name}' of {Mail} is no number");
        }
        catch (FormatException inner)
        {
            throw new InvalidOperationException($"Customer at {Phone} with {Token} was not understood", new AggregateException($"for \"{Name}\"", inner));
        }
    }
}
