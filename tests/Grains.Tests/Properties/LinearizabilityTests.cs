using FsCheck;
using FsCheck.Fluent;
using VoiceOrdering.TestKit.Laws;

namespace VoiceOrdering.Grains.Tests.Properties;

/// <summary>The checker takes what can be explained and turns down what cannot; without this nobody knows whether it looks at all.</summary>
public sealed class LinearizabilityTests
{
    private static readonly SubmissionModel s_model = new(["harbor", "harbor", "pronto"]);

    [Fact]
    public void Calls_that_overlap_may_have_come_in_either_order() => Explains(
        Said(1, 4, Submit(0, "a"), new CartAnswer("replayed", 0, 1)),
        Said(2, 3, Submit(0, "a"), new CartAnswer("placed", 0, 1))).ShouldBeTrue();

    [Fact]
    public void Calls_after_one_another_did_not() => Explains(
        Said(1, 2, Submit(0, "a"), new CartAnswer("replayed", 0, 1)),
        Said(3, 4, Submit(0, "a"), new CartAnswer("placed", 0, 1))).ShouldBeFalse();

    [Fact]
    public void Two_orders_of_one_cart_are_turned_down() => Explains(
        Said(1, 4, Submit(0, "a"), new CartAnswer("placed", 0, 1)),
        Said(2, 3, Submit(0, "b"), new CartAnswer("placed", 0, 1))).ShouldBeFalse();

    [Fact]
    public void A_key_that_two_carts_were_given_is_turned_down_but_not_in_two_restaurants()
    {
        Explains(Said(1, 4, Submit(0, "a"), new CartAnswer("placed", 0, 1)), Said(2, 3, Submit(1, "a"), new CartAnswer("placed", 1, 1))).ShouldBeFalse();
        Explains(Said(1, 4, Submit(0, "a"), new CartAnswer("placed", 0, 1)), Said(2, 3, Submit(2, "a"), new CartAnswer("placed", 2, 1))).ShouldBeTrue();
    }

    [Fact]
    public void A_cart_that_changed_after_its_order_is_turned_down() => Explains(
        Said(1, 2, Submit(0, "a"), new CartAnswer("placed", 0, 1)),
        Said(3, 4, new CartCall(0, null, "", null), new CartAnswer("added", 0, 2))).ShouldBeFalse();

    [Fact]
    public void A_lost_answer_may_have_had_its_effect_at_once_much_later_or_never()
    {
        var lost = new Operation<CartCall, CartAnswer>(1, long.MaxValue, Submit(0, "a"), null);
        Explains(lost, Said(2, 3, Submit(0, "b"), new CartAnswer("replayed", 0, 1))).ShouldBeTrue();
        Explains(lost, Said(2, 3, Submit(0, "b"), new CartAnswer("placed", 0, 1))).ShouldBeTrue();
        Explains(lost, Said(2, 3, new CartCall(0, null, "", null), new CartAnswer("added", 0, 2)), Said(4, 5, Submit(0, "b"), new CartAnswer("replayed", 0, 2))).ShouldBeTrue();
        Explains(lost, Said(2, 3, new CartCall(0, null, "", null), new CartAnswer("added", 0, 2)), Said(4, 5, Submit(0, "b"), new CartAnswer("replayed", 0, 1))).ShouldBeFalse("the order was made before the line was added, which its cart would not have allowed");
    }

    [Fact]
    public void One_wrong_answer_anywhere_in_a_history_is_noticed()
    {
        var call =
            from cart in Gen.Choose(0, 2)
            from key in Gen.Elements("a", "b", null)
            from version in Gen.Elements<long?>(null, 1, 2)
            select new CartCall(cart, key, version is null ? "any" : $"v{version}", key is null ? null : version);
        var histories = from calls in call.NonEmptyListOf() from at in Gen.Choose(0, int.MaxValue) select (Calls: calls.Take(30).ToArray(), At: at);
        Law.Holds(histories, history =>
        {
            var state = s_model.Initial;
            var said = new List<Operation<CartCall, CartAnswer>>();
            foreach (var each in history.Calls)
            {
                var (answer, next) = s_model.Apply(state, each).Single();
                said.Add(Said((2 * said.Count) + 1, (2 * said.Count) + 2, each, answer));
                state = next;
            }
            Explains([.. said]).ShouldBeTrue();
            var wrong = said[history.At % said.Count];
            said[history.At % said.Count] = wrong with { Answer = wrong.Answer! with { Lines = wrong.Answer.Lines + 1 } };
            Explains([.. said]).ShouldBeFalse();
        });
    }

    private static bool Explains(params Operation<CartCall, CartAnswer>[] history) => Linearizability.Explains(s_model, history);

    private static Operation<CartCall, CartAnswer> Said(long invokedAt, long returnedAt, CartCall call, CartAnswer answer) => new(invokedAt, returnedAt, call, answer);

    private static CartCall Submit(int cart, string key) => new(cart, key, "any", null);
}
