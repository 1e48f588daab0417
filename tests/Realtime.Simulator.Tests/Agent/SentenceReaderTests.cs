using Shouldly;
using VoiceOrdering.Realtime.Simulator.Agent;
using Xunit;

namespace VoiceOrdering.Realtime.Simulator.Tests.Agent;

public sealed class SentenceReaderTests
{
    private static readonly SentenceReader Grill = new(new MenuLexicon(MenuBlock.ReadMenu(SampleMenus.Grill)));
    private static readonly SentenceReader Trattoria = new(new MenuLexicon(MenuBlock.ReadMenu(SampleMenus.Trattoria)));

    [Theory]
    [InlineData("two double classic burgers with bacon and no onions and a large cola", "add 2 classic-burger double +bacon -onions; add 1 cola large")]
    [InlineData("Hi, can I get a Classic Burger, double, with bacon, no pickles please?", "Hello; add 1 classic-burger double +bacon -pickles")]
    [InlineData("I'd like 3 large fries and two iced teas", "add 3 fries large; add 2 iced-tea")]
    [InlineData("a mushroom burger without lettuce or tomato and a coke", "add 1 mushroom-burger -lettuce -tomato; add 1 cola")]
    [InlineData("a fire burger with no onions and pickles and bacon", "add 1 fire-burger +bacon -onions -pickles")]
    [InlineData("classic meal with lemonade and onion rings", "add classic-meal +lemonade +onion-rings")]
    [InlineData("a chicken meal with a cola and a large cola", "add 1 chicken-meal +cola; add 1 cola large")]
    [InlineData("two burger meals", "add 2 classic-meal")]
    [InlineData("give me a couple of brownies and half a dozen apple pies", "add 2 brownie; add 6 pie")]
    [InlineData("a chocolate milkshake and a shake with strawberry", "add 1 milkshake +chocolate; add 1 milkshake +strawberry")]
    [InlineData("twelve piece buffalo wings with ranch", "add wings twelve +ranch")]
    [InlineData("two six piece wings", "add 2 wings six")]
    [InlineData("a mushrom burgr with bacn", "add 1 mushroom-burger +bacon")]
    [InlineData("cola, small", "add cola small")]
    [InlineData("just corn on the cob thanks", "add corn")]
    [InlineData("some coleslaw plus a bottled water", "add slaw; add 1 water")]
    [InlineData("a burger", "add 1 classic-burger|mushroom-burger|veggie-burger|fire-burger")]
    [InlineData("a double burger", "add 1 classic-burger double")]
    [InlineData("a veggie burger with jalapenos", "add 1 veggie-burger +jalapenos")]
    [InlineData("that's all", "Done")]
    [InlineData("no, that's all", "Done")]
    [InlineData("yes please", "Yes")]
    [InlineData("no thanks", "NoThanks")]
    [InlineData("What's in my cart?", "ReadCart")]
    [InlineData("yes, place the order", "Submit")]
    [InlineData("a brownie and that's it", "Done; add 1 brownie")]
    [InlineData("how much is the apple pie", "HowMuch 'apple pie' pie")]
    [InlineData("what sandwiches do you have", "DoYouHave 'sandwiches' chicken-sandwich")]
    [InlineData("the weather is nice in spain", "")]
    public void An_order_is_read(string sentence, string expected) => Describe(Grill.Read(sentence, OrderContext.None)).ShouldBe(expected);

    [Theory]
    [InlineData("make that three", "change last x3")]
    [InlineData("actually a large", "change last large")]
    [InlineData("actually make it a large", "change last large")]
    [InlineData("remove the cola", "remove cola")]
    [InlineData("take the bacon off the burger", "change classic-burger|mushroom-burger|veggie-burger|fire-burger -bacon")]
    [InlineData("change the cola to a lemonade", "replace cola: lemonade")]
    [InlineData("swap the cola for a large root beer", "replace cola: root-beer large")]
    [InlineData("make the cola a large", "change cola large")]
    [InlineData("make it two colas", "change cola x2")]
    [InlineData("a lemonade instead", "replace last: lemonade")]
    [InlineData("no onions", "change last -onions")]
    [InlineData("add bacon", "change last +bacon")]
    [InlineData("add bacon to the classic burger", "change classic-burger +bacon")]
    [InlineData("another one", "change last +1")]
    [InlineData("one more cola", "add 1 cola")]
    [InlineData("two more", "change last +2")]
    [InlineData("remove one cola", "remove 1 cola")]
    [InlineData("no cola", "remove cola")]
    [InlineData("cancel that", "remove last")]
    [InlineData("start over", "StartOver")]
    [InlineData("remove everything", "StartOver")]
    [InlineData("make that two and a small lemonade", "change last x2; add 1 lemonade small")]
    [InlineData("remove the cola and add an apple pie", "remove cola; add 1 pie")]
    [InlineData("no, make it four", "No; change last x4")]
    [InlineData("I don't want the cola", "remove cola")]
    public void A_correction_is_read_against_the_cart(string sentence, string expected) =>
        Describe(Grill.Read(sentence, new OrderContext(new HashSet<string> { "classic-burger", "cola" }, null))).ShouldBe(expected);

    [Theory]
    [InlineData("lemonade", "change last +lemonade")]
    [InlineData("a lemonade please", "change last +lemonade")]
    [InlineData("the root beer", "change last +root-beer")]
    [InlineData("iced tea and onion rings", "change last +iced-tea +onion-rings")]
    public void An_answer_to_a_question_belongs_to_the_item_asked_about(string sentence, string expected) =>
        Describe(Grill.Read(sentence, new OrderContext(new HashSet<string>(), MenuBlock.ReadMenu(SampleMenus.Grill).Find("classic-meal")))).ShouldBe(expected);

    [Theory]
    [InlineData("a large margherita with mushrooms and black olives and a tiramisu", "add 1 margherita large +mushrooms +olives; add 1 tiramisu")]
    [InlineData("two small four seasons pizzas", "add 2 four-seasons small")]
    [InlineData("four four seasons", "add 4 four-seasons")]
    [InlineData("a double espresso and sparkling mineral water", "add 1 espresso double; add mineral-water sparkling")]
    [InlineData("large pepperoni pizza extra cheese no wait make that medium", "No; add pepperoni large +extra-cheese; change last medium")]
    [InlineData("lasange and a garlic bread with mozarella", "add lasagna; add 1 garlic-bread +mozzarella")]
    public void Another_menu_needs_no_other_words(string sentence, string expected) => Describe(Trattoria.Read(sentence, OrderContext.None)).ShouldBe(expected);

    [Theory]
    [InlineData("a large margherita", "add 1 margherita large")]
    [InlineData("a family deal with a large margherita", "add 1 family-deal +large-margherita")]
    public void A_sized_dish_is_the_choice_of_a_deal_only_when_the_deal_is_named(string sentence, string expected)
    {
        const string Menu = """
            <menu version="1" currency="USD">
            ## Pizzas
            - margherita | Margherita | sizes: small=Small 7.90, large=Large 13.90
            - garlic-bread | Garlic Bread | 3.90
            ## Deals
            - family-deal | Family Deal | 32.90 | group pizza "Pizza" 1..1: large-margherita=Large Margherita, large-garden=Large Garden
            </menu>
            """;

        Describe(new SentenceReader(new MenuLexicon(MenuBlock.ReadMenu(Menu))).Read(sentence, OrderContext.None)).ShouldBe(expected);
    }

    [Fact]
    public void A_line_carries_the_callers_own_words()
    {
        var acts = Grill.Read("Um, two double Classic Burgers with bacon, and a large cola please", OrderContext.None);

        acts.OfType<AddLine>().Select(add => add.Heard).ShouldBe(["two double Classic Burgers with bacon", "a large cola"]);
    }

    internal static string Describe(IEnumerable<OrderAct> acts) => string.Join("; ", acts.Select(act => act switch
    {
        AddLine add => "add " + Line(add),
        ChangeLine change => Join("change", Reference(change.Line), change.Quantity is { } n ? $"x{n}" : "", change.QuantityDelta == 0 ? "" : $"+{change.QuantityDelta}", change.SizeId, Modifiers(change.Options, change.Without)),
        RemoveLine remove => Join("remove", remove.Quantity?.ToString(), Reference(remove.Line)),
        ReplaceLine replace => $"replace {Reference(replace.Line)}: {Line(replace.Replacement)}",
        MenuQuestion question => Join(question.Kind.ToString(), question.Query.Length > 0 ? $"'{question.Query}'" : "", string.Join('|', question.Items.Select(item => item.Id))),
        Steer steer => steer.Cue.ToString(),
        _ => throw new InvalidOperationException(act.ToString()),
    }));

    private static string Line(AddLine add) =>
        Join(add.Quantity?.ToString(), string.Join('|', add.Items.Select(item => item.Id)), add.SizeId, Modifiers(add.Options, add.Without));

    private static string Modifiers(IReadOnlyList<string> options, IReadOnlyList<string> without) =>
        string.Join(' ', options.Select(id => "+" + id).Concat(without.Select(id => "-" + id)));

    private static string Reference(LineReference line) => line.Items.Count == 0 ? "last" : string.Join('|', line.Items.Select(item => item.Id));

    private static string Join(params string?[] parts) => string.Join(' ', parts.Where(part => !string.IsNullOrEmpty(part)));

    [Theory]
    [InlineData("pie", "pies")]
    [InlineData("brownie", "brownies")]
    [InlineData("smoothie", "smoothies")]
    [InlineData("berry", "berries")]
    [InlineData("fry", "fries")]
    [InlineData("sandwich", "sandwiches")]
    [InlineData("cola", "colas")]
    public void A_word_and_its_plural_have_one_stem(string singular, string plural) => Tokens.Stem(plural).ShouldBe(Tokens.Stem(singular));
}
