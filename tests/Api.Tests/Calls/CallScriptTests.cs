using VoiceOrdering.Api.Calls;
using VoiceOrdering.Api.Tests.Calls.Fakes;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Realtime;

namespace VoiceOrdering.Api.Tests.Calls;

/// <summary>Whole conversations on virtual time: order and time of what the bridge does, milliseconds heard.</summary>
public sealed class CallScriptTests
{
    [Fact]
    public void The_customer_is_greeted_once_leg_and_provider_are_up()
    {
        using CallScript call = new CallScript().Begin();

        call.Timeline.ShouldHold("connect", "s1 system 'The customer has just connected", "s1 response.create");
        call.Timeline.Count("signal Connected").ShouldBe(1);
        call.Timeline.ToString().ShouldNotContain("seed");

        call.Say("Hello there", 1000);
        call.Run(1500);

        call.Leg.HeardMs.ShouldBe(1000);
        call.Timeline.ShouldHold(
            "publish usage", "relay turn.started {\"role\":\"assistant\"", "relay turn.ended {\"role\":\"assistant\"", "record assistant 'Hello there' 1000");
    }

    [Fact]
    public void Nobody_is_greeted_before_the_media_flows()
    {
        using var call = new CallScript();
        call.Bridge.Start();
        call.Settle();

        call.Timeline.TimeOf("connect").ShouldBe(0);
        call.Timeline.ShouldNotHold("s1 response.create");
        call.Leg.Connect();
        call.Settle();
        call.Timeline.Count("signal Connected").ShouldBe(1);
        call.Timeline.Count("s1 response.create").ShouldBe(1);
    }

    [Fact]
    public void A_turn_is_recorded_when_its_words_were_played_not_when_they_were_made()
    {
        using CallScript call = new CallScript().Begin();
        call.Say("Hi", 500);
        call.Run(600);
        call.CallerSays("Two burgers please");
        int saidAt = (int)call.Time.Elapsed.TotalMilliseconds;
        string response = "auto";
        call.Emit(new ResponseStarted(response, new Dictionary<string, string>()));
        call.Say("Two burgers, anything else?", 2000, response);

        call.Run(1900);
        call.Timeline.ShouldNotHold("record assistant 'Two burgers");
        call.Run(200);

        call.Timeline.TimeOf("record assistant 'Two burgers, anything else?' 2000").ShouldBeInRange(saidAt + 1980, saidAt + 2020);
        call.Timeline.ShouldHold("record caller 'Two burgers please'", "record assistant 'Two burgers, anything else?' 2000");
        call.Timeline.Count("s1 response.create").ShouldBe(1, "the provider answers turns by itself");
    }

    [Fact]
    public void Speaking_over_the_answer_stops_it_within_a_frame_and_cuts_it_where_it_was_heard()
    {
        using CallScript call = new CallScript().Begin();
        call.Say("one two three four five six seven eight nine ten", 4000);
        call.Run(1500);
        int heardBefore = call.Leg.HeardMs;

        call.Emit(new SpeechStarted(1500, "c1"));
        call.Run(1000);

        heardBefore.ShouldBe(1500);
        call.Leg.HeardMs.ShouldBe(1500, "nothing is played after the caller began to speak");
        call.Timeline.ShouldHold("s1 truncate r1_i1 1500");
        string heard = call.Grain.Turns.Single(turn => turn.Role == "assistant").Text;
        heard.ShouldBe("one two three");
        call.Grain.Turns[0].HeardMs.ShouldBe(1500);
        call.Grain.Turns[0].Interrupted.ShouldBeTrue();
        call.Timeline.Count("s1 truncate").ShouldBe(1);
    }

    [Fact]
    public void Audio_of_a_cut_answer_that_still_arrives_is_not_played()
    {
        using CallScript call = new CallScript().Begin();
        string response = call.StartResponse();
        call.Emit([.. CallScript.Words(response, "i", "one two three four")]);
        call.Emit(new AudioDelta(response, "i", 0, CallScript.Audio(600)));
        call.Run(400);
        call.Emit(new SpeechStarted(400, "c1"));
        call.Emit(new AudioDelta(response, "i", 0, CallScript.Audio(600)), new AudioDelta(response, "i2", 0, CallScript.Audio(600)));
        call.Emit(new ResponseEnded(response, ResponseStatus.Cancelled, "turn_detected", null, null));
        call.Run(1000);

        call.Leg.HeardMs.ShouldBe(400);
        call.Timeline.ShouldHold("s1 truncate i 400");
        call.Timeline.Count("s1 truncate").ShouldBe(1);
        call.Bridge.Counters.LateAudio.ShouldBe(2);
    }

    [Fact]
    public void Silence_is_not_interrupted()
    {
        using CallScript call = new CallScript().Begin();
        call.Say("Hi", 500);
        call.Run(600);
        call.CallerSays("A cola");

        call.Timeline.ShouldNotHold("s1 truncate");
        call.Grain.Turns[0].Interrupted.ShouldBeFalse();
    }

    [Fact]
    public void A_tool_call_repeated_by_the_provider_runs_once_and_is_answered_once()
    {
        using CallScript call = new CallScript().Begin();
        string response = call.StartResponse();
        call.Emit(
            new ToolCallRequested(response, "f1", "call_1", "add_item", "{}"),
            new ToolCallRequested(response, "f1", "call_1", "add_item", "{}"),
            new ResponseEnded(response, ResponseStatus.Completed, null, null, null));
        call.Run(100);

        call.Grain.ToolsRun.ShouldBe(["add_item"]);
        call.Timeline.Count("s1 tool call_1").ShouldBe(1);
        call.Timeline.Count("s1 response.create").ShouldBe(2, "one for the greeting, one for the tool's answer");
        call.Timeline.ShouldHold("tool add_item call_1", "s1 tool call_1 {\"ok\":true,\"n\":1}", "s1 response.create");
    }

    [Fact]
    public void Several_tools_of_one_answer_lead_to_one_new_answer_after_the_last()
    {
        using CallScript call = new CallScript().Begin();
        string response = call.StartResponse();
        call.Emit(
            new ToolCallRequested(response, "f1", "call_1", "add_item", "{}"),
            new ToolCallRequested(response, "f2", "call_2", "remove_item", "{}"),
            new ResponseEnded(response, ResponseStatus.Completed, null, null, null));
        call.Run(100);

        call.Grain.ToolsRun.ShouldBe(["add_item", "remove_item"]);
        call.Timeline.ShouldHold("s1 tool call_1", "s1 tool call_2", "s1 response.create");
        call.Timeline.Count("s1 response.create").ShouldBe(2);
    }

    [Fact]
    public void A_tool_whose_answer_got_lost_is_repeated_under_its_own_id()
    {
        using CallScript call = new CallScript().Begin();
        call.Grain.FailTools = 1;
        string response = call.StartResponse();
        call.Emit(
            new ToolCallRequested(response, "f1", "call_1", "add_item", "{}"),
            new ResponseEnded(response, ResponseStatus.Completed, null, null, null));
        call.Run(600);

        call.Grain.ToolsRun.ShouldBe(["add_item"]);
        call.Timeline.ShouldHold("tool add_item call_1", "tool add_item call_1 replayed", "s1 tool call_1 {\"ok\":true,\"n\":1}");
    }

    [Fact]
    public void A_tool_that_hangs_is_answered_as_unknown_and_the_talk_goes_on()
    {
        using CallScript call = new CallScript().Begin();
        call.Grain.ToolGate = new TaskCompletionSource();
        string response = call.StartResponse();
        call.Emit(
            new ToolCallRequested(response, "f1", "call_1", "add_item", "{}"),
            new ResponseEnded(response, ResponseStatus.Completed, null, null, null));
        call.Run(16_000);

        call.Timeline.TimeOf("s1 tool call_1 {\"ok\":false,\"code\":\"TOOL_TIMED_OUT\"").ShouldBeInRange(15_000, 15_600);
        call.Timeline.Count("s1 response.create").ShouldBe(2);
    }

    [Fact]
    public void An_answer_refused_because_another_runs_is_asked_for_again_after_it()
    {
        using CallScript call = new CallScript().Begin();
        call.Emit(new ProviderError(ProviderErrorKind.Bug, "CONVERSATION_ALREADY_HAS_ACTIVE_RESPONSE", "busy", "response.create"));
        call.Timeline.Count("s1 response.create").ShouldBe(1);
        call.Emit(new ResponseEnded("someone", ResponseStatus.Completed, null, null, null));

        call.Timeline.Count("s1 response.create").ShouldBe(2);
    }

    [Fact]
    public void A_tool_answer_the_running_answer_does_not_know_is_answered_after_it()
    {
        using CallScript call = new CallScript().Begin();
        call.Say("Hi", 200);
        call.Run(400);
        call.Grain.ToolGate = new TaskCompletionSource();
        call.CallerSays("A cola");
        call.Emit(new ResponseStarted("a1", new Dictionary<string, string>()), new ToolCallRequested("a1", "f1", "call_1", "add_item", "{}"));
        call.Emit(new ResponseEnded("a1", ResponseStatus.Completed, null, null, null));
        call.CallerSays("and fries", item: "c2");
        call.Emit(new ResponseStarted("a2", new Dictionary<string, string>()));
        call.Grain.ToolGate.SetResult();
        call.Run(100);

        call.Timeline.Count("s1 tool call_1").ShouldBe(1);
        call.Timeline.Count("s1 response.create").ShouldBe(1, "another answer runs");
        call.Emit(new ResponseEnded("a2", ResponseStatus.Completed, null, null, null));
        call.Timeline.Count("s1 response.create").ShouldBe(2);
    }

    [Fact]
    public void The_call_ends_only_after_its_last_words_were_played()
    {
        using CallScript call = new CallScript().Begin();
        string response = call.StartResponse();
        call.Emit([.. CallScript.Words(response, "i", "Thank you, goodbye")]);
        call.Emit(new AudioDelta(response, "i", 0, CallScript.Audio(2000)), new ToolCallRequested(response, "f", "call_1", "end_call", "{}"));
        call.Emit(new AudioDone(response, "i", 0), new AssistantTranscriptDone(response, "i", "Thank you, goodbye"));
        call.Emit(new ResponseEnded(response, ResponseStatus.Completed, null, null, null));
        call.Run(4000);

        call.Leg.HeardMs.ShouldBe(2000);
        call.End.ShouldBe(new CallEnd("completed", "END_CALL", CallFault.None));
        call.Timeline.ShouldHold("record assistant 'Thank you, goodbye' 2000", "end END_CALL");
        call.Timeline.TimeOf("leg hung up Completed").ShouldBeInRange(2600, 3000);
        call.Timeline.Count("s1 response.create").ShouldBe(1, "the model has said goodbye already");
        call.Timeline.ShouldHold("s1 close", "s1 disposed");
    }

    [Fact]
    public void A_customer_who_goes_on_after_the_goodbye_is_not_hung_up_on()
    {
        using CallScript call = new CallScript().Begin();
        string response = call.StartResponse();
        call.Emit(new AudioDelta(response, "i", 0, CallScript.Audio(2000)), new ToolCallRequested(response, "f", "call_1", "end_call", "{}"));
        call.Emit(new AudioDone(response, "i", 0), new ResponseEnded(response, ResponseStatus.Completed, null, null, null));
        call.Run(1000);
        call.CallerSays("wait, a cola too");
        call.Run(3000);

        call.Bridge.Completion.IsCompleted.ShouldBeFalse();
        call.Timeline.ShouldNotHold("leg hung up");
    }

    [Fact]
    public void A_lost_leg_leaves_the_session_resumable_and_closes_the_provider()
    {
        using CallScript call = new CallScript().Begin();
        call.Say("one two three four five six seven eight", 4000);
        call.Run(1000);
        call.Leg.Lose(LegLossReason.Silent);
        call.Settle();

        call.End.ShouldBe(new CallEnd("interrupted", "LEG_SILENT", CallFault.Network));
        call.Timeline.ShouldHold("record assistant 'one two' 1000 interrupted", "signal LegLost LEG_SILENT");
        call.Timeline.ShouldHold("s1 close", "s1 disposed");
        call.Timeline.ShouldNotHold("end ");
    }
}
