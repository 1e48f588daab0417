using VoiceOrdering.Api.Calls;
using VoiceOrdering.Api.Tests.Calls.Fakes;
using VoiceOrdering.Realtime.Simulator.Faults;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Tests.Calls;

/// <summary>The whole path over real sockets: SRTP caller, media plane, bridge, adapter, simulator; with the simulator's faults.</summary>
public sealed class CallOverSocketsTests
{
    private const int FrameMs = 20;

    private static readonly CallSettings s_impatient = new() { ProviderStallTimeout = TimeSpan.FromSeconds(2), ProviderShortLife = TimeSpan.Zero };

    [Fact]
    public async Task What_is_said_is_played_to_the_last_millisecond_and_what_the_caller_says_is_heard()
    {
        await using CallRig call = await CallRig.ConnectAsync();
        await call.TypeAsync("typ_1", "say 8");
        await call.Timeline.WaitForAsync("record assistant 'word1");
        TurnRecord said = call.Grain.Transcript.Single(turn => turn.Role == "assistant");

        said.Interrupted.ShouldBeFalse();
        said.Text.ShouldBe("word1 word2 word3 word4 word5 word6 word7 word8.");
        // The last frame was sent a moment before it was recorded; a datagram needs a moment more.
        await call.HearAsync(said.HeardMs!.Value - (2 * FrameMs));
        call.HeardMs.ShouldBeLessThanOrEqualTo(said.HeardMs.Value + FrameMs);

        await call.SpeakAsync(1200);
        await call.Timeline.WaitForAsync("record caller '[");
        await call.Timeline.WaitForAsync("record assistant 'I heard");
        int heardByModel = int.Parse(call.Grain.Transcript.First(turn => turn.Role == "caller").Text.Trim('[').Split(' ')[0]);
        heardByModel.ShouldBeGreaterThan(600, "a busy machine may stretch the tone or split it, never swallow it");
    }

    [Fact]
    public async Task Speaking_over_the_answer_cuts_it_where_the_caller_heard_it_end()
    {
        await using CallRig call = await CallRig.ConnectAsync();
        await call.TypeAsync("typ_1", "say 60");
        await call.HearAsync(1600);
        Task spoken = call.SpeakAsync(1000);
        await call.Timeline.WaitForAsync("record assistant 'word1");
        await spoken;
        await call.Timeline.WaitForAsync("record assistant 'I heard");
        int heardAtCut = call.StretchesMs[0];
        TurnRecord cut = call.Grain.Transcript.First(turn => turn.Text.StartsWith("word1", StringComparison.Ordinal));

        cut.Interrupted.ShouldBeTrue();
        heardAtCut.ShouldBeInRange(cut.HeardMs!.Value - (2 * FrameMs), cut.HeardMs.Value + (2 * FrameMs), "played and heard are the same within 40 ms");
        cut.Text.Length.ShouldBeLessThan(300, "only heard words are written down");
        call.Bridge.Counters.BargeIns.ShouldBe(1);
        call.Bridge.Counters.ProviderErrors.ShouldBe(0, "the provider took the truncation");
    }

    [Fact]
    public async Task A_tool_call_announced_twice_runs_once()
    {
        await using CallRig call = await CallRig.ConnectAsync(new SimulatorFaults { DuplicateToolCalls = true });
        await call.TypeAsync("typ_1", "call add_item {\"n\":1}");
        await call.Timeline.WaitForAsync("record assistant 'The tool said");

        call.Grain.ToolsRun.ShouldBe(["add_item"]);
        call.Timeline.Count("record assistant 'The tool said").ShouldBe(1);
    }

    [Fact]
    public async Task A_tool_answer_the_provider_answers_by_itself_leads_to_one_answer()
    {
        await using CallRig call = await CallRig.ConnectAsync(new SimulatorFaults { RespondToToolOutput = true });
        await call.TypeAsync("typ_1", "call add_item {\"n\":1}");
        await call.Timeline.WaitForAsync("record assistant 'The tool said");
        await call.TypeAsync("typ_2", "hello");
        await call.Timeline.WaitForAsync("record assistant 'You wrote: hello");

        call.Timeline.Count("record assistant 'The tool said").ShouldBe(1);
        call.Timeline.ShouldNotHold("publish error");
    }

    [Theory]
    [InlineData("closed in the middle of an answer")]
    [InlineData("cut without a word")]
    [InlineData("stalled")]
    public async Task A_provider_lost_in_the_middle_of_an_answer_is_survived(string fault)
    {
        SimulatorFaults faults = fault switch
        {
            "stalled" => new SimulatorFaults { StallAfterDeltas = 6 },
            "cut without a word" => new SimulatorFaults { DropAfterDeltas = 6 },
            _ => new SimulatorFaults { CloseAfterDeltas = 6, CloseCode = 1011 },
        };
        await using CallRig call = await CallRig.ConnectAsync(faults, s_impatient);
        await call.TypeAsync("typ_1", "say 30");
        await call.Timeline.WaitForAsync("publish error {\"code\":\"PROVIDER_LOST\"");
        call.Simulator.Faults = SimulatorFaults.None;
        await call.Timeline.WaitForAsync("signal Connected", 2);
        await call.TypeAsync("typ_2", "hello");
        await call.Timeline.WaitForAsync("record assistant 'You wrote: hello");

        call.Timeline.ShouldHold("signal ProviderLost", "signal ProviderRestored", "record assistant 'You wrote: hello");
        call.Bridge.Completion.IsCompleted.ShouldBeFalse();
        call.Simulator.SessionIds.Count.ShouldBe(1, "the lost session was closed");
    }

    [Fact]
    public async Task The_cap_of_the_provider_is_survived()
    {
        await using CallRig call = await CallRig.ConnectAsync(settings: s_impatient);
        await call.TypeAsync("typ_1", "hello");
        await call.Timeline.WaitForAsync("record assistant 'You wrote: hello");
        call.Simulator.TryExpire(call.Simulator.SessionIds.Single()).ShouldBeTrue();
        await call.Timeline.WaitForAsync("signal Connected", 2);
        await call.TypeAsync("typ_2", "again");
        await call.Timeline.WaitForAsync("record assistant 'You wrote: again");

        call.Timeline.ShouldHold("signal ProviderLost SESSION_EXPIRED", "signal ProviderRestored");
    }

    [Fact]
    public async Task A_caller_who_hangs_up_leaves_nothing_open()
    {
        await using CallRig call = await CallRig.ConnectAsync();
        await call.TypeAsync("typ_1", "say 60");
        await call.HearAsync(1600);
        call.Caller.HangUp();
        CallEnd end = await call.Bridge.Completion.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);

        end.ShouldBe(new CallEnd("abandoned", "CALLER_HUNG_UP", CallFault.Customer));
        call.Timeline.ShouldHold("record assistant 'word1", "signal HungUp CALLER_HUNG_UP");
        call.Grain.Transcript.First(turn => turn.Text.StartsWith("word1", StringComparison.Ordinal)).Interrupted.ShouldBeTrue();
    }
}
