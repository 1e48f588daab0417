using VoiceOrdering.Api.Calls;
using VoiceOrdering.Api.Tests.Calls.Fakes;
using VoiceOrdering.Media.Legs;
using VoiceOrdering.Realtime;

namespace VoiceOrdering.Api.Tests.Calls;

/// <summary>What goes wrong in a call, on virtual time: the session survives, the customer learns why, nothing said is lost.</summary>
public sealed class CallFaultScriptTests
{
    private static readonly string[] s_lostThenBack = ["signal ProviderLost", "signal ProviderRestored", "signal Connected"];

    [Fact]
    public void A_provider_that_closes_in_the_middle_of_an_answer_is_replaced_by_a_seeded_session()
    {
        using CallScript call = new CallScript().Begin();
        call.Say("Hello", 400);
        call.Run(5000);
        call.CallerSays("Two burgers");
        call.Emit(new ResponseStarted("a1", new Dictionary<string, string>()));
        call.Emit([.. CallScript.Words("a1", "i", "Two burgers, is that all?")]);
        call.Emit(new AudioDelta("a1", "i", 0, CallScript.Audio(1000)));
        call.Run(200);
        int lostAt = (int)call.Time.Elapsed.TotalMilliseconds;
        call.Session.CloseFromFar(1011);
        call.Settle();
        call.Run(1000);

        call.Timeline.TimeOf("publish error {\"code\":\"PROVIDER_LOST\"").ShouldBe(lostAt);
        call.Timeline.TimeOf("s2 seed 4").ShouldBe(lostAt, "the first attempt is made at once");
        call.Timeline.ShouldHold(s_lostThenBack);
        call.Timeline.ShouldHold("s2 seed 4", "s2 system 'Your connection to the customer broke", "s2 response.create");
        call.Provider.Sessions[1].Seeded.Select(item => item.Role).ShouldBe([ConversationRole.Assistant, ConversationRole.User, ConversationRole.Assistant, ConversationRole.System]);
        call.Provider.Sessions[1].Seeded[^1].Text.ShouldContain("do not carry any of it out again");
        call.Leg.HeardMs.ShouldBe(1400, "what had been received is played to its end");
        call.Bridge.Completion.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void Attempts_back_off_by_one_two_and_four_seconds()
    {
        using CallScript call = new CallScript().Begin();
        call.Run(6000);
        call.Provider.FailNext(3);
        call.Session.CloseFromFar(1006, SessionCloseReason.ConnectionLost);
        call.Settle();
        call.Run(8000);

        int[] connects = [.. call.Timeline.Entries.Where(entry => entry.What == "connect").Select(entry => entry.AtMs)];
        connects.ShouldBe([0, 6000, 7000, 9000, 13_000]);
        call.Timeline.ShouldHold(s_lostThenBack);
    }

    [Fact]
    public void A_provider_that_stays_away_ends_the_call_with_a_reason_and_keeps_the_session()
    {
        using CallScript call = new CallScript().Begin();
        call.Run(6000);
        call.Provider.FailNext(4);
        call.Session.CloseFromFar(1006, SessionCloseReason.ConnectionLost);
        call.Settle();
        call.Run(8000);

        call.End.ShouldBe(new CallEnd("failed", RealtimeErrorCodes.Unreachable, CallFault.Provider));
        call.Timeline.ShouldHold("publish error {\"code\":\"PROVIDER_UNREACHABLE\"");
        call.Timeline.ShouldHold("leg hung up Failed");
        call.Timeline.ShouldNotHold("end ");
    }

    [Fact]
    public void A_provider_that_refuses_for_good_is_not_asked_again()
    {
        using var call = new CallScript();
        call.Provider.FailNext(1, ProviderErrorKind.Fatal, RealtimeErrorCodes.Unauthorized);
        call.Begin();
        call.Run(5000);

        call.End.ShouldBe(new CallEnd("failed", RealtimeErrorCodes.Unauthorized, CallFault.Provider));
        call.Timeline.Count("connect").ShouldBe(1);
        call.Timeline.ShouldHold("signal ConnectFailed");
        call.Context.Health.View().Status.ShouldBe("down");
    }

    [Fact]
    public void The_cap_of_the_provider_is_survived_at_once()
    {
        using CallScript call = new CallScript().Begin();
        call.Say("Hello", 400);
        call.Run(6000);
        call.Emit(new ProviderError(ProviderErrorKind.Retriable, "SESSION_EXPIRED", "60 minutes"));
        call.Session.CloseFromFar(1001, SessionCloseReason.Expired);
        call.Settle();

        call.Timeline.TimeOf("s2 seed 2").ShouldBe(6000);
        call.Timeline.ShouldHold("signal ProviderLost SESSION_EXPIRED", "signal ProviderRestored");
    }

    [Fact]
    public void Before_the_cap_the_session_is_changed_between_two_turns_and_nobody_notices()
    {
        using CallScript call = new CallScript().Begin();
        call.Emit(new SessionReady("s1", "m", call.Time.GetUtcNow() + TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(4)));
        call.Say("Hello", 6000);
        call.Run(5000);
        call.Timeline.Count("connect").ShouldBe(1, "words are being played");
        call.Run(1500);

        call.Timeline.Count("connect").ShouldBe(2);
        call.Timeline.ShouldHold("s1 close", "s2 seed 2");
        call.Timeline.ShouldNotHold("signal ProviderLost");
        call.Timeline.ShouldNotHold("publish error");
        call.Timeline.Count("s2 response.create").ShouldBe(0, "nothing is said because of it");
        long before = call.Provider.Sessions[1].AppendedBytes;
        call.Run(200);
        (call.Provider.Sessions[1].AppendedBytes - before).ShouldBe(1600, "the caller is heard by the new session");
    }

    [Fact]
    public void A_provider_that_owes_an_answer_and_falls_silent_counts_as_lost()
    {
        using CallScript call = new CallScript().Begin();
        call.Say("Hello", 400);
        call.Run(500);
        call.CallerSays("Two burgers");
        call.Session.IsStalled = true;
        int stalledAt = (int)call.Time.Elapsed.TotalMilliseconds;
        call.Run(11_000);

        call.Timeline.TimeOf("publish error {\"code\":\"PROVIDER_LOST\"").ShouldBeInRange(stalledAt + 10_000, stalledAt + 10_500);
        call.Timeline.ShouldHold("signal ProviderLost PROVIDER_STALLED", "signal ProviderRestored");
        call.Timeline.ShouldHold("s2 seed 3", "s2 response.create");
    }

    [Fact]
    public void A_quiet_provider_is_asked_for_a_sign_of_life_and_kept_when_it_gives_one()
    {
        using CallScript call = new CallScript().Begin();
        call.Say("Hello", 400);
        call.Run(60_000);

        call.Timeline.Count("s1 session.update").ShouldBeInRange(2, 4);
        call.Timeline.Count("connect").ShouldBe(1);
        call.Session.IsStalled = true;
        call.Run(30_000);
        call.Timeline.Count("connect").ShouldBe(2);
        call.Timeline.ShouldHold("signal ProviderLost PROVIDER_STALLED");
    }

    [Fact]
    public void A_session_that_takes_no_verbs_any_more_counts_as_lost()
    {
        using CallScript call = new CallScript().Begin();
        call.Say("Hello", 400);
        call.Run(500);
        call.Session.RefusesVerbs = true;
        call.Emit(new ToolCallRequested("r9", "f", "call_1", "add_item", "{}"));
        call.Run(1200);

        call.Timeline.ShouldHold("signal ProviderLost " + RealtimeErrorCodes.SendQueueFull);
        call.Timeline.ShouldHold("s2 seed");
    }

    [Fact]
    public void A_tool_answer_that_comes_after_its_session_is_told_to_the_next_one_as_a_fact()
    {
        using CallScript call = new CallScript().Begin();
        string response = call.StartResponse();
        call.Grain.ToolGate = new TaskCompletionSource();
        call.Emit(new ToolCallRequested(response, "f", "call_1", "add_item", "{}"), new ResponseEnded(response, ResponseStatus.Completed, null, null, null));
        call.Session.CloseFromFar(1011);
        call.Settle();
        call.Grain.ToolGate.SetResult();
        call.Run(2000);

        call.Grain.ToolsRun.ShouldBe(["add_item"]);
        call.Timeline.ShouldHold("tool add_item call_1", "s2 system 'While you were disconnected, add_item was done");
        call.Timeline.ShouldNotHold("s2 tool call_1");
    }

    [Fact]
    public void An_answer_that_fails_is_asked_for_again_and_given_up_with_a_sentence()
    {
        using CallScript call = new CallScript().Begin();
        for (int i = 0; i < 3; i++)
        {
            string response = call.StartResponse();
            var error = new ProviderError(ProviderErrorKind.Retriable, "RATE_LIMIT_EXCEEDED", "slow down");
            call.Emit(new ResponseEnded(response, ResponseStatus.Failed, null, null, error));
            call.Run(5000);
        }

        int[] asked = [.. call.Timeline.Entries.Where(entry => entry.What == "s1 response.create").Select(entry => entry.AtMs)];
        asked.Length.ShouldBe(3);
        asked[1].ShouldBeInRange(1000, 1300);
        asked[2].ShouldBeInRange(7000, 7300);
        call.Timeline.Count("publish error {\"code\":\"ANSWER_FAILED\"").ShouldBe(1);
    }

    [Fact]
    public void The_provider_opening_slowly_does_not_matter_when_the_customer_hangs_up_meanwhile()
    {
        using var call = new CallScript();
        call.Provider.Gate = new TaskCompletionSource();
        call.Begin();
        call.Leg.Lose(LegLossReason.CallerHungUp);
        call.Settle();

        call.End.ShouldBe(new CallEnd("abandoned", "CALLER_HUNG_UP", CallFault.Customer));
        call.Provider.Sessions.ShouldBeEmpty();
    }

    [Fact]
    public void A_newer_bridge_fences_the_older_off()
    {
        using CallScript call = new CallScript().Begin();
        call.Grain.Fence();
        call.Session.CloseFromFar(1011);
        call.Settle();
        call.Run(100);

        call.End.Result.ShouldBe("replaced");
        call.Timeline.ShouldNotHold("attach");
        call.Timeline.ShouldHold("leg hung up Replaced");
    }

    [Fact]
    public void A_restart_lets_the_sentence_end_and_leaves_the_session_resumable()
    {
        using CallScript call = new CallScript().Begin();
        call.Say("Hello there my friend", 1000);
        call.Run(400);
        call.Bridge.Stop(BridgeTrigger.ServerStopping, "SERVER_STOPPING");
        call.Settle();
        call.Bridge.Completion.IsCompleted.ShouldBeFalse();
        call.Run(900);

        call.End.Fault.ShouldBe(CallFault.Service);
        call.Leg.HeardMs.ShouldBe(1000);
        call.Timeline.ShouldHold("record assistant 'Hello there my friend' 1000", "publish error {\"code\":\"SERVER_STOPPING\"", "signal LegLost SERVER_STOPPING");
        call.Timeline.ShouldHold("leg hung up ServerStopping");
    }

    [Fact]
    public void An_answer_longer_than_the_limit_is_cut_with_a_reason_and_the_call_goes_on()
    {
        using CallScript call = new CallScript(new CallSettings { PlayoutLimit = TimeSpan.FromSeconds(10) }).Begin();
        string response = call.StartResponse();
        for (int i = 0; i < 15; i++)
        {
            call.Emit(new AudioDelta(response, "i", 0, CallScript.Audio(1000)));
        }

        call.Emit(new ResponseEnded(response, ResponseStatus.Completed, null, null, null));
        call.Run(12_000);

        call.Leg.HeardMs.ShouldBe(10_000);
        call.Timeline.Count("publish error {\"code\":\"PLAYOUT_LIMIT\"").ShouldBe(1);
        call.Bridge.Completion.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void A_provider_that_takes_sessions_and_drops_them_is_given_up()
    {
        using CallScript call = new CallScript().Begin();
        for (int i = 0; i < 4; i++)
        {
            call.Session.CloseFromFar(1011);
            call.Settle();
            call.Run(4500);
        }

        call.End.Reason.ShouldBe("PROVIDER_LOSSES_EXHAUSTED");
        call.Timeline.Count("connect").ShouldBe(4);
    }
}
