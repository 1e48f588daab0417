using Shouldly;
using VoiceOrdering.Realtime.Simulator.Agent;
using VoiceOrdering.Realtime.Simulator.Models;
using Xunit;

namespace VoiceOrdering.Realtime.Simulator.Tests.Agent;

public sealed class OrderingAgentTests
{
    [Fact]
    public async Task An_order_goes_from_greeting_to_number()
    {
        await using var talk = new AgentTalk(SampleMenus.Grill);

        (await talk.AddAsync()).ShouldBe("Welcome to the Copper Kettle Grill! What can I get you?");
        (await talk.SayAsync("Two double classic burgers with bacon and no onions and a large cola, please")).ShouldBe("2 Classic Burger. 1 Cola. Anything else?");
        talk.Till.Lines.ShouldBe("2 classic-burger double +bacon -onions; 1 cola large");
        (await talk.SayAsync("make that three")).ShouldBe("Changed. Anything else?");
        talk.Till.Lines.ShouldBe("2 classic-burger double +bacon -onions; 3 cola large");
        (await talk.SayAsync("remove the cola")).ShouldBe("Removed. Anything else?");
        (await talk.SayAsync("what's in my cart?")).ShouldBe("You have 2 Classic Burger. The total is $12.34. Anything else?");
        (await talk.SayAsync("that's all")).ShouldBe("You have 2 Classic Burger. The total is $12.34. Shall I place the order?");
        (await talk.SayAsync("yes, place the order")).ShouldBe("Thank you. Your order number is A17.");
        talk.Till.SubmittedVersion.ShouldBe(talk.Till.Version);
        (await talk.SayAsync("thanks, bye")).ShouldBe("Goodbye!");
        talk.Till.Calls.ShouldBe(["add_item", "add_item", "change_line", "remove_line", "read_cart", "read_cart", "submit_order", "end_call"]);
    }

    [Fact]
    public async Task A_missing_choice_is_asked_for_and_completes_the_line()
    {
        await using var talk = new AgentTalk(SampleMenus.Grill);

        (await talk.SayAsync("a classic meal and an apple pie")).ShouldBe("1 Apple Pie. Which drink would you like?");
        (await talk.SayAsync("a cola")).ShouldBe("Which side would you like?");
        (await talk.SayAsync("onion rings")).ShouldBe("1 Classic Meal. Anything else?");
        talk.Till.Lines.ShouldBe("1 pie; 1 classic-meal +cola +onion-rings");
    }

    [Fact]
    public async Task A_missing_size_is_asked_for_and_a_question_can_be_dropped()
    {
        await using var talk = new AgentTalk(SampleMenus.Grill);

        (await talk.SayAsync("two wings and fries")).ShouldBe("Which size would you like?");
        (await talk.SayAsync("six please")).ShouldBe("2 Buffalo Wings. Which size would you like?");
        (await talk.SayAsync("no, forget it")).ShouldBe("All right, I left that out. Anything else?");
        talk.Till.Lines.ShouldBe("2 wings six");
    }

    [Fact]
    public async Task Words_that_fit_several_items_are_asked_about()
    {
        await using var talk = new AgentTalk(SampleMenus.Grill);

        (await talk.SayAsync("two burgers with bacon")).ShouldBe("Which one would you like: Classic Burger, Mushroom Burger, Garden Veggie Burger or Fire Burger?");
        (await talk.SayAsync("the mushroom burger")).ShouldBe("2 Mushroom Burger. Anything else?");
        talk.Till.Lines.ShouldBe("2 mushroom-burger +bacon");
    }

    [Theory]
    [InlineData("a large", "1 classic-burger double; 1 cola large")]
    [InlineData("actually a large", "1 classic-burger double; 1 cola large")]
    [InlineData("no onions", "1 classic-burger double -onions; 1 cola medium")]
    [InlineData("make the burger a single", "1 classic-burger single; 1 cola medium")]
    [InlineData("change the cola to two small lemonades", "1 classic-burger double; 2 lemonade small")]
    [InlineData("add swiss cheese to the burger and two brownies", "1 classic-burger double +swiss; 1 cola medium; 2 brownie")]
    [InlineData("another one", "1 classic-burger double; 2 cola medium")]
    [InlineData("cancel that", "1 classic-burger double")]
    [InlineData("a lemonade, make that two", "1 classic-burger double; 1 cola medium; 2 lemonade medium")]
    [InlineData("start over", "")]
    public async Task A_correction_changes_the_line_it_means(string words, string expected)
    {
        await using var talk = new AgentTalk(SampleMenus.Grill);
        await talk.SayAsync("a double classic burger and a cola");

        await talk.SayAsync(words);

        talk.Till.Lines.ShouldBe(expected);
    }

    [Fact]
    public async Task Everything_in_one_sentence_is_read_back_at_once()
    {
        await using var talk = new AgentTalk(SampleMenus.Trattoria);

        (await talk.SayAsync("a large margherita with mushrooms and a tiramisu and that's it")).ShouldBe(
            "1 Margherita Pizza. 1 Tiramisù. You have 1 Margherita Pizza and 1 Tiramisù. The total is $12.34. Shall I place the order?");
    }

    [Fact]
    public async Task No_at_the_confirmation_goes_on_with_the_order()
    {
        await using var talk = new AgentTalk(SampleMenus.Grill);
        await talk.SayAsync("an apple pie, that's all");

        (await talk.SayAsync("no")).ShouldBe("What would you like to change?");
        (await talk.SayAsync("yes")).ShouldBe("Anything else?");
        talk.Till.SubmittedVersion.ShouldBeNull();
    }

    [Fact]
    public async Task A_cart_changed_by_hand_is_read_back_again_before_it_is_submitted()
    {
        await using var talk = new AgentTalk(SampleMenus.Grill);
        await talk.SayAsync("an apple pie, that's all");
        talk.Till.ChangeByHand();

        (await talk.SayAsync("yes")).ShouldContain("Your order changed meanwhile.");
        talk.Till.SubmittedVersion.ShouldBeNull();
        (await talk.SayAsync("yes")).ShouldContain("A17");
        talk.Till.SubmittedVersion.ShouldBe(talk.Till.Version);
    }

    [Fact]
    public async Task A_goodbye_does_not_lose_an_unplaced_order_unasked()
    {
        await using var talk = new AgentTalk(SampleMenus.Grill);
        await talk.SayAsync("an apple pie");

        (await talk.SayAsync("bye")).ShouldStartWith("Your order is not placed yet.");
        (await talk.SayAsync("bye")).ShouldBe("Goodbye!");
        talk.Till.Calls.ShouldBe(["add_item", "read_cart", "end_call"]);
    }

    [Fact]
    public async Task A_turn_below_confidence_is_asked_for_again()
    {
        await using var talk = new AgentTalk(SampleMenus.Grill);
        var audio = new UserAudio { ItemId = "a", Samples = new short[800], SampleRateHz = 8000, Format = RealtimeAudioFormat.Pcmu, StartMs = 0 };

        (await talk.AddAsync(new ModelItem.Spoken(talk.NewId(), audio, Hearing.NotUnderstood("a cola")))).ShouldBe(Wording.NotCaught);
        (await talk.AddAsync(new ModelItem.Spoken(talk.NewId(), audio, Hearing.Understood("a cola", 0.9)))).ShouldBe("1 Cola. Anything else?");
    }

    [Fact]
    public async Task A_resumed_cart_is_greeted_with_its_lines()
    {
        const string cart = """{"version":7,"lines":[{"line_id":"l4","item":"cola","name":"Cola","size":"large","options":[],"without":[],"quantity":2}],"total_minor":518,"currency":"USD"}""";
        await using var talk = new AgentTalk(SampleMenus.Grill.Replace("language: en", $"language: en\ncart: {cart}", StringComparison.Ordinal));

        (await talk.AddAsync()).ShouldBe("Welcome back. So far you have 2 Cola. Anything else?");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Wishes_of_before_this_connection_are_not_carried_out_again(bool lastWishWasAnswered)
    {
        await using var talk = new AgentTalk(SampleMenus.Grill);
        List<ModelItem> history =
        [
            new ModelItem.Message(talk.NewId(), ConversationRole.User, "two large colas"),
            new ModelItem.Message(talk.NewId(), ConversationRole.Assistant, "Added. Anything else?"),
            new ModelItem.Message(talk.NewId(), ConversationRole.User, "a large cola"),
        ];
        if (lastWishWasAnswered)
        {
            history.Add(new ModelItem.Message(talk.NewId(), ConversationRole.Assistant, "Added. Anything else?"));
        }

        await talk.AddAsync([.. history, new ModelItem.Message(talk.NewId(), ConversationRole.System, "Everything above was said before this connection.")]);
        talk.Till.Calls.ShouldBeEmpty();

        await talk.SayAsync("a large cola");
        talk.Till.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_session_without_menu_or_tools_is_answered_plainly()
    {
        await using var talk = new AgentTalk("You are a helpful assistant.", "get_weather");

        (await talk.SayAsync("what can I order?")).ShouldBe(Wording.NoTools);
        (await talk.SayAsync("read my order")).ShouldBe(Wording.NoTools);
    }

    [Fact]
    public void Arguments_are_cut_to_what_the_tools_schema_knows()
    {
        var tool = new ToolDefinition("change_line", "", """{"type":"object","properties":{"line_id":{},"quantity":{},"size":{},"options":{}},"required":["line_id","size","options"]}""");

        new PlannedCall("change_line") { LineId = "l1", Quantity = 3, Heard = "make that three" }.WriteArguments(tool)
            .ShouldBe("""{"line_id":"l1","quantity":3,"size":null,"options":[]}""");
    }

    [Fact]
    public void Every_phase_answers_every_signal()
    {
        var silent = from phase in Enum.GetValues<Phase>()
                     from signal in Enum.GetValues<Signal>()
                     where phase != Phase.Ended && signal != Signal.CartChangedElsewhere && ConversationTable.Find(phase, signal).Move == Move.Nothing
                     select (phase, signal);

        silent.ShouldBeEmpty();
    }
}
