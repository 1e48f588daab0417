using Shouldly;
using VoiceOrdering.Realtime.Simulator.Agent;
using Xunit;

namespace VoiceOrdering.Realtime.Simulator.Tests.Agent;

/// <summary>Vouchers, phone numbers, the usual, and what the tools ask about them.</summary>
public sealed class CustomerTalkTests
{
    private static readonly string[] s_ordering = ["add_item", "change_line", "remove_line", "read_cart", "search_menu", "submit_order", "end_call", "confirm_prices"];
    private static readonly string[] s_all = [.. s_ordering, "apply_voucher", "remove_voucher", "look_up_customer", "order_usual"];

    [Fact]
    public async Task A_voucher_is_asked_for_its_code_taken_on_and_read_back_before_ordering()
    {
        await using var talk = new AgentTalk(SampleMenus.Grill, s_all);
        await talk.SayAsync("a large cola");
        await talk.SayAsync("that's all");
        (await talk.SayAsync("I have a voucher")).ShouldBe("What is its code?");
        (await talk.SayAsync("four eight double two, 1234 5678")).ShouldBe("Voucher 482212345678 counts. Anything else?");
        (await talk.SayAsync("no")).ShouldEndWith("Shall I place the order?");
        talk.Till.SubmittedVersion.ShouldBeNull("what was read back before the voucher must not be ordered");
        await talk.SayAsync("yes");
        talk.Till.SubmittedVersion.ShouldBe(talk.Till.Version);
    }

    [Fact]
    public async Task A_code_that_was_misheard_is_asked_for_again()
    {
        await using var talk = new AgentTalk(SampleMenus.Grill, s_all);
        await talk.SayAsync("a large cola");
        (await talk.SayAsync("my voucher is 0000 0000")).ShouldBe("Its digits again, please?");
        (await talk.SayAsync("1111 2222 3333")).ShouldStartWith("Voucher 111122223333 counts.");
        (await talk.SayAsync("take the voucher off")).ShouldBe("Off. Anything else?");
    }

    [Fact]
    public async Task The_usual_is_ordered_by_number()
    {
        await using var talk = new AgentTalk(SampleMenus.Grill, s_all);
        (await talk.SayAsync("the usual, please")).ShouldBe("What is your phone number, please?");
        (await talk.SayAsync("plus one 415 555 0100")).ShouldBe("Usual. Anything else?");
        talk.Till.Asked.ShouldBe(["+14155550100", "usual"]);
    }

    [Fact]
    public async Task What_is_offered_after_a_look_up_is_taken_or_left()
    {
        await using var talk = new AgentTalk(SampleMenus.Grill, s_all);
        (await talk.SayAsync("my number is 415 555 0100")).ShouldBe("Welcome back. Would you like the usual, 1 Cola?");
        (await talk.SayAsync("yes please")).ShouldBe("Usual. Anything else?");
        await using var other = new AgentTalk(SampleMenus.Grill, s_all);
        await other.SayAsync("my number is 415 555 0100");
        (await other.SayAsync("no, a large cola")).ShouldBe("1 Cola. Anything else?");
        other.Till.Asked.ShouldBe(["4155550100"]);
        await using var both = new AgentTalk(SampleMenus.Grill, s_all);
        await both.SayAsync("my number is 415 555 0100");
        await both.SayAsync("yes please, and a brownie as well");
        both.Till.Lines.ShouldContain("cola");
        both.Till.Lines.ShouldContain("brownie");
    }

    [Fact]
    public async Task New_prices_are_taken_over_only_after_a_yes()
    {
        await using var talk = new AgentTalk(SampleMenus.Grill, s_all);
        await talk.SayAsync("a large cola");
        talk.Till.ChangePrice();
        await talk.SayAsync("that's all");
        (await talk.SayAsync("yes")).ShouldBe("The price is 3 dollars now. Is that all right?");
        talk.Till.SubmittedVersion.ShouldBeNull();
        await talk.SayAsync("yes");
        await talk.SayAsync("that's all");
        await talk.SayAsync("yes");
        talk.Till.SubmittedVersion.ShouldBe(talk.Till.Version);
    }

    [Fact]
    public async Task A_line_with_an_allergen_goes_when_the_customer_says_no()
    {
        await using var talk = new AgentTalk(SampleMenus.Grill, s_all);
        talk.Till.Allergen = "milk";
        (await talk.SayAsync("an apple pie")).ShouldEndWith("Please note: it contains milk. Is that all right?");
        (await talk.SayAsync("no")).ShouldContain("Removed.");
        talk.Till.Lines.ShouldBe("");
        await talk.SayAsync("an apple pie");
        (await talk.SayAsync("yes")).ShouldBe("Anything else?");
        talk.Till.Lines.ShouldBe("1 pie");
    }

    [Fact]
    public async Task Without_the_tools_nothing_of_it_is_understood()
    {
        await using var talk = new AgentTalk(SampleMenus.Grill, s_ordering);
        await talk.SayAsync("I have a voucher, 1111 2222 3333");
        await talk.SayAsync("the usual");
        talk.Till.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("4821 9037 5562", "482190375562")]
    [InlineData("four eight two one", "4821")]
    [InlineData("it is oh one, double five, triple 7.", "0155777")]
    [InlineData("plus four one, 44 668", "+4144668")]
    [InlineData("+1 (415) 555-0100", "+14155550100")]
    [InlineData("no digits here", "")]
    public void Digits_are_read_as_they_are_said(string words, string digits) => SpokenDigits.Read(words).ShouldBe(digits);
}
