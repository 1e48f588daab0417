using VoiceOrdering.Realtime.Simulator.Echo;
using VoiceOrdering.Realtime.Simulator.Faults;
using VoiceOrdering.Realtime.Tests.Support;

namespace VoiceOrdering.Realtime.Tests;

/// <summary>What a healthy conversation looks like through the seam, over a real socket.</summary>
public sealed class ConversationTests
{
    private static readonly ToolDefinition s_tool = new(
        "add_item", "Adds an item.", """{"type":"object","properties":{"item":{"type":"string"}}}""");

    [Fact]
    public async Task The_first_event_names_the_session_and_its_end()
    {
        await using var bench = await Bench.StartAsync();
        await using var session = await bench.ConnectAsync();
        var log = new EventLog(session);

        var ready = await log.NextAsync<SessionReady>();

        log.Seen.Count.ShouldBe(1);
        ready.SessionId.ShouldBe(session.SessionId);
        ready.SessionId.ShouldStartWith("sess_");
        ready.Model.ShouldBe(bench.Options.Model);
        (ready.ExpiresAt!.Value - TimeProvider.System.GetUtcNow()).TotalMinutes.ShouldBe(60, 1);
    }

    [Theory]
    [InlineData(RealtimeAudioFormat.Pcmu)]
    [InlineData(RealtimeAudioFormat.Pcma)]
    [InlineData(RealtimeAudioFormat.Pcm24k)]
    public async Task A_spoken_turn_is_answered_in_the_sessions_format_and_in_the_documented_order(RealtimeAudioFormat format)
    {
        await using var bench = await Bench.StartAsync();
        await using var session = await bench.ConnectAsync(new SessionSettings
        {
            InputFormat = format,
            OutputFormat = format,
            Voice = "cedar",
            TurnDetection = new TurnDetection.ServerVad { SilenceDurationMs = 200 },
        });
        var log = new EventLog(session);
        session.AppendFrames(format, Speech.Quiet(format, 400));
        session.AppendFrames(format, Speech.Tone(format, 600));
        session.AppendFrames(format, Speech.Quiet(format, 400));

        var ended = await log.NextAsync<ResponseEnded>();

        ended.Status.ShouldBe(ResponseStatus.Completed);
        Order(log).ShouldBe(
            "SessionReady SessionConfigured SpeechStarted SpeechStopped InputCommitted ItemAdded ResponseStarted RateLimitsChanged " +
            "ItemAdded Words Audio AudioDone AssistantTranscriptDone ResponseEnded");
        var started = log.All<SpeechStarted>().Single();
        started.AudioStartMs.ShouldBeInRange(60, 140); // 400 ms of quiet less 300 ms of prefix padding
        log.All<SpeechStopped>().Single().AudioEndMs.ShouldBeInRange(1180, 1260);
        log.All<InputCommitted>().Single().ItemId.ShouldBe(started.ItemId);
        var audio = log.All<AudioDelta>().SelectMany(delta => delta.Audio.ToArray()).ToArray();
        var samples = Speech.Decode(format, audio);
        Speech.PitchHz(samples.AsSpan(0, format.SampleRateHz() / 2), format.SampleRateHz()).ShouldBe(ToneVoice.FrequencyHz("cedar"));
        ended.Usage!.Value.OutputAudioTokens.ShouldBe((format.DurationMs(audio.Length) + 49) / 50);
        ended.Usage.Value.InputAudioTokens.ShouldBeInRange(10, 13);
        session.Stats.AudioBytesReceived.ShouldBe(audio.Length);
    }

    [Fact]
    public async Task The_callers_words_come_in_pieces_and_whole_with_their_cost()
    {
        await using var bench = await Bench.StartAsync();
        await using var session = await bench.ConnectAsync(new SessionSettings
        {
            InputFormat = RealtimeAudioFormat.Pcmu,
            TurnDetection = new TurnDetection.Manual(),
        });
        var log = new EventLog(session);
        session.AppendFrames(RealtimeAudioFormat.Pcmu, Speech.Tone(RealtimeAudioFormat.Pcmu, 1000));
        await session.CommitAudioAsync();

        var done = await log.NextAsync<CallerTranscriptDone>();

        done.Transcript.ShouldBe("[1000 ms of audio]");
        string.Concat(log.All<CallerTranscriptDelta>().Select(piece => piece.Delta)).ShouldBe(done.Transcript);
        done.Usage!.Value.InputAudioTokens.ShouldBe(10);
    }

    [Fact]
    public async Task A_typed_turn_in_text_mode_is_answered_in_text()
    {
        await using var bench = await Bench.StartAsync();
        await using var session = await bench.ConnectAsync(new SessionSettings { Modality = ResponseModality.Text });
        var log = new EventLog(session);
        await session.SendUserTextAsync("two colas", "turn-1");
        await session.CreateResponseAsync(new ResponseOptions { Metadata = new Dictionary<string, string> { ["why"] = "test" } });

        var started = await log.NextAsync<ResponseStarted>();
        var done = await log.NextAsync<TextDone>();
        await log.NextAsync<ResponseEnded>();

        done.Text.ShouldBe("You wrote: two colas.");
        string.Concat(log.All<TextDelta>().Select(piece => piece.Delta)).ShouldBe(done.Text);
        started.Metadata["why"].ShouldBe("test");
        log.All<ItemAdded>().First().ShouldBe(new ItemAdded("turn-1", null, "message", "user"));
        log.All<AudioDelta>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tool_call_is_reported_once_and_its_output_is_used()
    {
        await using var bench = await Bench.StartAsync();
        await using var session = await bench.ConnectAsync(new SessionSettings { Modality = ResponseModality.Text, Tools = [s_tool] });
        var log = new EventLog(session);
        await session.SendUserTextAsync("""call add_item {"item":"cola"}""");
        await session.CreateResponseAsync();
        var call = await log.NextAsync<ToolCallRequested>();
        await log.NextAsync<ResponseEnded>();

        await session.SendToolOutputAsync(call.CallId, "done");
        await session.CreateResponseAsync();
        var answer = await log.NextAsync<TextDone>();

        call.Name.ShouldBe("add_item");
        call.ArgumentsJson.ShouldBe("""{"item":"cola"}""");
        answer.Text.ShouldBe("The tool said done.");
        log.All<ToolCallRequested>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Seeded_turns_make_no_answer_and_keep_their_order()
    {
        await using var bench = await Bench.StartAsync();
        await using var session = await bench.ConnectAsync(new SessionSettings { Modality = ResponseModality.Text });
        var log = new EventLog(session);
        await session.SeedAsync(
        [
            new SeedItem(ConversationRole.System, "The cart holds a cola.", "seed-1"),
            new SeedItem(ConversationRole.User, "A cola please.", "seed-2"),
            new SeedItem(ConversationRole.Assistant, "Anything else?", "seed-3"),
        ]);

        await log.NextAsync<ItemAdded>(added => added.ItemId == "seed-3");

        log.All<ItemAdded>().Select(added => (added.ItemId, added.PreviousItemId, added.Role)).ShouldBe(
            [("seed-1", null, "system"), ("seed-2", "seed-1", "user"), ("seed-3", "seed-2", "assistant")]);
        log.All<ResponseStarted>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Barge_in_ends_the_answer_and_a_truncation_leaves_what_was_heard()
    {
        const RealtimeAudioFormat format = RealtimeAudioFormat.Pcmu;
        await using var bench = await Bench.StartAsync(configure: options => options.AudioSpeed = 4);
        await using var session = await bench.ConnectAsync(new SessionSettings
        {
            InputFormat = format,
            OutputFormat = format,
            TurnDetection = new TurnDetection.ServerVad { CreateResponse = false },
        });
        var log = new EventLog(session);
        await session.SendUserTextAsync("say 200");
        await session.CreateResponseAsync();
        var spoken = await log.NextAsync<AudioDelta>();
        session.AppendFrames(format, Speech.Tone(format, 200));
        await log.NextAsync<SpeechStarted>();
        await session.TruncateAsync(spoken.ItemId, 0, 60);

        var cut = await log.NextAsync<ItemTruncated>();

        var ended = log.All<ResponseEnded>().Single();
        ended.Status.ShouldBe(ResponseStatus.Cancelled);
        ended.Reason.ShouldBe("turn_detected");
        ended.Usage!.Value.OutputAudioTokens.ShouldBeGreaterThan(0);
        cut.ShouldBe(new ItemTruncated(spoken.ItemId, 0, 60));
        log.Seen.IndexOf(ended).ShouldBeGreaterThan(log.Seen.FindIndex(happened => happened is SpeechStarted));
        log.Seen.Skip(log.Seen.IndexOf(ended)).OfType<AudioDelta>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Turns_of_answers_that_were_cancelled_unheard_are_answered_by_the_next()
    {
        await using var bench = await Bench.StartAsync(SimulatorFaults.None with { ResponseDelayMs = 200 });
        await using var session = await bench.ConnectAsync(new SessionSettings { Modality = ResponseModality.Text });
        var log = new EventLog(session);
        foreach (var word in new[] { "one", "two" })
        {
            await session.SendUserTextAsync(word);
            await session.CreateResponseAsync();
            await session.CancelResponseAsync();
            await log.NextAsync<ResponseEnded>(ended => ended.Status == ResponseStatus.Cancelled);
        }

        await session.SendUserTextAsync("three");
        await session.CreateResponseAsync();

        (await log.NextAsync<TextDone>()).Text.ShouldBe("You wrote: one. You wrote: two. You wrote: three.");
    }

    [Fact]
    public async Task Cancelling_an_answer_ends_it_as_cancelled_by_the_client()
    {
        await using var bench = await Bench.StartAsync(configure: options => options.AudioSpeed = 4);
        await using var session = await bench.ConnectAsync();
        var log = new EventLog(session);
        await session.SendUserTextAsync("say 200");
        await session.CreateResponseAsync();
        var spoken = await log.NextAsync<AudioDelta>();
        await session.CancelResponseAsync(spoken.ResponseId);

        var ended = await log.NextAsync<ResponseEnded>();

        (ended.Status, ended.Reason).ShouldBe((ResponseStatus.Cancelled, "client_cancelled"));
    }

    [Fact]
    public async Task An_answer_out_of_band_leaves_the_conversation_alone()
    {
        await using var bench = await Bench.StartAsync();
        await using var session = await bench.ConnectAsync(new SessionSettings { Modality = ResponseModality.Text });
        var log = new EventLog(session);
        await session.CreateResponseAsync(new ResponseOptions { Scope = ResponseScope.OutOfBand, Instructions = "Say hello." });

        var done = await log.NextAsync<TextDone>();
        await log.NextAsync<ResponseEnded>();

        done.Text.ShouldBe("Say hello.");
        log.All<ItemAdded>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Closing_says_goodbye_and_is_the_last_event()
    {
        await using var bench = await Bench.StartAsync();
        await using var session = await bench.ConnectAsync();
        var log = new EventLog(session);
        await session.SendUserTextAsync("bye");

        await session.CloseAsync();
        var closed = await log.ToEndAsync();

        closed.Reason.ShouldBe(SessionCloseReason.ClosedByUs);
        closed.CloseCode.ShouldBe(1000);
        log.All<ItemAdded>().Count().ShouldBe(1); // what was queued still went out
        session.AppendAudio([1, 2, 3]).ShouldBeFalse();
        var late = await Should.ThrowAsync<RealtimeException>(() => session.CommitAudioAsync().AsTask());
        late.Code.ShouldBe(RealtimeErrorCodes.SessionClosed);
    }

    // Words and audio are interleaved in any way, but words come first.
    private static string Order(EventLog log)
    {
        var names = log.Seen
            .Where(happened => happened is not (CallerTranscriptDelta or CallerTranscriptDone))
            .Select(happened => happened switch
            {
                AssistantTranscriptDelta => "Words",
                AudioDelta => "Audio",
                _ => happened.GetType().Name,
            });
        var order = new List<string>();
        foreach (var name in names)
        {
            if (name is not ("Words" or "Audio") || !order.Contains(name))
            {
                order.Add(name);
            }
        }

        return string.Join(' ', order);
    }
}
