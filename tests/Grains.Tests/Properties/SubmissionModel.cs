using System.Collections.Immutable;

namespace VoiceOrdering.Grains.Tests.Properties;

/// <summary>A call of a cart.</summary>
/// <param name="Cart">Which cart.</param>
/// <param name="Key">Idempotency key; null adds a line.</param>
/// <param name="Body">Fingerprint of the request.</param>
/// <param name="Reviewed">Cart version that was reviewed; null for any.</param>
internal sealed record CartCall(int Cart, string? Key, string Body, long? Reviewed);

/// <summary>What came of it: a word, the cart whose order it is, and its lines.</summary>
internal sealed record CartAnswer(string What, int Cart = -1, int Lines = 0);

/// <summary>
/// Exactly one order, as it can be explained without grains, stores and retries: a key belongs to the first request that came with it, a cart becomes one order,
/// and whoever asks again is given that order.
/// </summary>
/// <param name="restaurants">Restaurant of each cart.</param>
internal sealed class SubmissionModel(IReadOnlyList<string> restaurants) : ISequentialModel<string, CartCall, CartAnswer>
{
    public string Initial => new World([.. restaurants.Select(_ => new CartFacts(1, 1, 0))], ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)).Text;

    public IEnumerable<(CartAnswer Answer, string Next)> Apply(string state, CartCall call)
    {
        var world = World.Read(state);
        var (answer, next) = call.Key is null ? Add(world, call.Cart) : Submit(world, call);
        yield return (answer, next.Text);
    }

    private static (CartAnswer, World) Add(World world, int number)
    {
        var cart = world.Carts[number];
        return cart.PlacedVersion > 0
            ? (new CartAnswer(RefusalCodes.CartClosed), world)
            : (new CartAnswer("added", number, cart.Lines + 1), world.With(number, cart with { Lines = cart.Lines + 1, Version = cart.Version + 1 }));
    }

    private (CartAnswer, World) Submit(World world, CartCall call)
    {
        var cart = world.Carts[call.Cart];
        var key = $"{restaurants[call.Cart]}/{call.Key}";
        var known = world.Keys.GetValueOrDefault(key);
        var mine = $"{call.Cart}={call.Body}";
        if (cart.PlacedVersion > 0)
        {
            if (known is not null) return (known == mine ? Order("replayed") : new CartAnswer(RefusalCodes.IdempotencyKeyReused), world);
            if (call.Reviewed is { } seen && seen != cart.PlacedVersion && seen != cart.PlacedVersion + 1) return (new CartAnswer(RefusalCodes.CartVersionConflict), world);
            return (Order("replayed"), world with { Keys = world.Keys.SetItem(key, mine) });
        }
        if (call.Reviewed is { } reviewed && reviewed != cart.Version) return (new CartAnswer(RefusalCodes.CartVersionConflict), world);
        if (known is not null) return (new CartAnswer(RefusalCodes.IdempotencyKeyReused), world);
        return (Order("placed"), (world with { Keys = world.Keys.SetItem(key, mine) }).With(call.Cart, cart with { PlacedVersion = cart.Version }));

        CartAnswer Order(string what) => new(what, call.Cart, cart.Lines);
    }

    private sealed record CartFacts(int Lines, long Version, long PlacedVersion);

    private sealed record World(ImmutableArray<CartFacts> Carts, ImmutableSortedDictionary<string, string> Keys)
    {
        public string Text => string.Join(';', Carts.Select(cart => $"{cart.Lines},{cart.Version},{cart.PlacedVersion}")) + "|" + string.Join(';', Keys.Select(pair => $"{pair.Key}:{pair.Value}"));

        public static World Read(string text)
        {
            var parts = text.Split('|');
            var carts = parts[0].Split(';').Select(cart => cart.Split(',')).Select(cart => new CartFacts(int.Parse(cart[0]), long.Parse(cart[1]), long.Parse(cart[2]))).ToImmutableArray();
            var keys = parts[1].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split(':')).ToImmutableSortedDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
            return new World(carts, keys);
        }

        public World With(int number, CartFacts cart) => this with { Carts = Carts.SetItem(number, cart) };
    }
}
