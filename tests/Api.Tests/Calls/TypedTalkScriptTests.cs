using VoiceOrdering.Api.Calls;
using VoiceOrdering.Api.Tests.Calls.Fakes;
using VoiceOrdering.Realtime;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Tests.Calls;

/// <summary>Typed turns, with and without a voice leg, on virtual time.</summary>
public sealed class TypedTalkScriptTests
{
    [Fact]
    public void A_typed_conversation_needs_no_leg_and_answers_in_text()
    {
        using CallScript call = new CallScript(hasLeg: false).Begin();
        call.Provider.Last.Settings!.Modality.ShouldBe(ResponseModality.Text);
        call.Timeline.ShouldNotHold("s1 response.create");

        _ = call.Bridge.SayAsync(new TypedTurn("typ_1", "two burgers"));
        call.Settle();
        call.Timeline.ShouldHold("s1 user 'two burgers'", "s1 response.create");
        string response = call.StartResponse();
        call.Emit(new TextDelta(response, "i", "Two "), new TextDelta(response, "i", "burgers."), new TextDone(response, "i", "Two burgers."));
        call.Emit(new ResponseEnded(response, ResponseStatus.Completed, null, null, null));

        call.Timeline.ShouldHold("relay turn.started", "relay transcript.delta", "relay turn.ended", "record assistant 'Two burgers.'");
        call.Grain.Turns.Single().HeardMs.ShouldBeNull();
    }

    [Fact]
    public void A_typed_turn_during_a_call_goes_into_the_same_provider_session()
    {
        using CallScript call = new CallScript().Begin();
        call.Say("Hello", 400);
        call.Run(600);
        _ = call.Bridge.SayAsync(new TypedTurn("typ_1", "two burgers"));
        call.Settle();
        call.Say("Two burgers, anything else?", 1000);
        call.Run(1200);

        call.Timeline.ShouldHold("s1 user 'two burgers'", "s1 response.create", "record assistant 'Two burgers, anything else?' 1000");
        call.Provider.Sessions.Count.ShouldBe(1);
    }

    [Fact]
    public void A_turn_typed_while_an_answer_is_made_is_answered_after_it()
    {
        using CallScript call = new CallScript(hasLeg: false).Begin();
        _ = call.Bridge.SayAsync(new TypedTurn("typ_1", "two burgers"));
        call.Settle();
        string response = call.StartResponse();
        _ = call.Bridge.SayAsync(new TypedTurn("typ_2", "and a cola"));
        call.Settle();
        call.Timeline.Count("s1 response.create").ShouldBe(1);
        call.Emit(new ResponseEnded(response, ResponseStatus.Completed, null, null, null));

        call.Timeline.Count("s1 response.create").ShouldBe(2);
    }

    [Fact]
    public void A_turn_typed_while_the_provider_is_away_is_sent_once_when_it_is_back()
    {
        using CallScript call = new CallScript(hasLeg: false).Begin();
        call.Run(6000);
        call.Provider.FailNext(1);
        call.Session.CloseFromFar(1011);
        call.Settle();
        call.Grain.Turns.Add(new TurnRecord("typ_1", "caller", "two burgers", null, false, call.Time.GetUtcNow()));
        _ = call.Bridge.SayAsync(new TypedTurn("typ_1", "two burgers"));
        call.Run(2000);

        call.Timeline.Count("s2 user 'two burgers'").ShouldBe(1);
        call.Provider.Last.Seeded.ShouldBeEmpty("the turn is sent as a turn, not seeded as well");
        call.Timeline.Count("s2 response.create").ShouldBe(1);
    }

    [Fact]
    public void A_turn_the_brief_already_holds_as_history_is_still_sent_as_a_turn()
    {
        using var call = new CallScript(hasLeg: false, prepare: grain =>
            grain.Turns.Add(new TurnRecord("typ_1", "caller", "two burgers", null, false, default)));
        call.Begin();
        _ = call.Bridge.SayAsync(new TypedTurn("typ_1", "two burgers"));
        call.Settle();

        call.Timeline.ShouldHold("s1 seed 2", "s1 user 'two burgers'", "s1 response.create");
        call.Timeline.Count("s1 user 'two burgers'").ShouldBe(1);
        call.Timeline.Count("s1 response.create").ShouldBe(1);
    }

    [Fact]
    public void An_idle_typed_conversation_rests_and_tells_nobody()
    {
        using CallScript call = new CallScript(hasLeg: false).Begin();
        call.Run(115_000);
        call.Bridge.Completion.IsCompleted.ShouldBeFalse();
        call.Run(20_000);

        call.End.ShouldBe(new CallEnd("idle", "TEXT_IDLE", CallFault.None));
        call.Timeline.ShouldNotHold("publish error");
        call.Timeline.ShouldHold("s1 close");
    }

    [Fact]
    public async Task A_turn_that_reaches_a_bridge_too_late_is_given_back()
    {
        using CallScript call = new CallScript(hasLeg: false).Begin();
        call.Bridge.Stop(BridgeTrigger.Replaced, "REPLACED");
        Task<bool> late = call.Bridge.SayAsync(new TypedTurn("typ_1", "two burgers"));
        call.Settle();

        late.IsCompleted.ShouldBeTrue();
        (await late).ShouldBeFalse();
    }

    [Fact]
    public void Turns_beyond_the_limit_are_counted_as_pending()
    {
        using var call = new CallScript(hasLeg: false);
        call.Provider.Gate = new TaskCompletionSource();
        call.Begin();
        for (int i = 0; i < 8; i++)
        {
            _ = call.Bridge.SayAsync(new TypedTurn($"typ_{i}", "a cola"));
        }

        call.Settle();
        call.Bridge.PendingTurns.ShouldBe(8);
        call.Provider.Gate.SetResult();
        call.Settle();
        call.Bridge.PendingTurns.ShouldBe(0);
        call.Timeline.Count("s1 user").ShouldBe(8);
        call.Timeline.Count("s1 response.create").ShouldBe(1);
    }

    [Fact]
    public void What_happens_beside_the_conversation_is_told_without_an_answer()
    {
        using CallScript call = new CallScript().Begin();
        call.Say("Hello", 400);
        call.Run(600);
        call.Bridge.Inform("The customer changed the cart on the screen.");
        call.Run(200);

        call.Timeline.Count("s1 system 'The customer changed the cart").ShouldBe(1);
        call.Timeline.Count("s1 response.create").ShouldBe(1);
    }

    [Fact]
    public void A_turn_typed_between_the_request_for_an_answer_and_its_beginning_is_answered_too()
    {
        using CallScript call = new CallScript().Begin();
        _ = call.Bridge.SayAsync(new TypedTurn("typ_1", "two burgers"));
        call.Settle();
        call.Timeline.ShouldHold("s1 response.create", "s1 user 'two burgers'");
        string greeting = call.StartResponse();
        call.Emit(new ResponseEnded(greeting, ResponseStatus.Completed, null, null, null));

        call.Timeline.Count("s1 response.create").ShouldBe(2);
    }
}
