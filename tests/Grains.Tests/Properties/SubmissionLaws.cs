using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Tests.Cluster;
using VoiceOrdering.Identity;
using VoiceOrdering.TestKit.Laws;

namespace VoiceOrdering.Grains.Tests.Properties;

/// <summary>
/// Clients submit and change three carts of two restaurants at once, with keys that meet each other, while the order store fails before and after it has
/// stored and the carts are taken out of memory. Whatever they are told can be explained by carts that do one thing after the other.
/// </summary>
public sealed class SubmissionLaws(OrderingCluster cluster) : IClassFixture<OrderingCluster>
{
    private static readonly RestaurantId[] s_restaurants = [OrderingCluster.Harbor, OrderingCluster.Harbor, OrderingCluster.Pronto];
    private static readonly Gen<ClientStep> s_step =
        from kind in Gen.Frequency((7, Gen.Constant(StepKind.Submit)), (2, Gen.Constant(StepKind.Add)), (2, Gen.Constant(StepKind.Deactivate)))
        from cart in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Constant(1)), (1, Gen.Constant(2)))
        from key in Gen.Choose(0, 2)
        from reviewed in Gen.Frequency((3, Gen.Constant<long?>(null)), (1, Gen.Choose(1, 3).Select(version => (long?)version)))
        select new ClientStep(kind, cart, key, reviewed);

    private static readonly Gen<HistoryPlan> s_plans =
        from clients in Gen.Choose(2, 4).SelectMany(count => s_step.ListOf(5).Select(steps => steps.ToArray()).ListOf(count))
        from faults in Gen.Frequency((4, Gen.Constant(StoreFault.None)), (1, Gen.Constant(StoreFault.Before)), (1, Gen.Constant(StoreFault.After))).ListOf(8)
        select new HistoryPlan([.. clients], [.. faults]);

    private int _plans;

    [Fact]
    public void Every_concurrent_history_of_submissions_is_linearizable() => Law.HoldsAsync(s_plans, async plan =>
    {
        var carts = await Task.WhenAll(s_restaurants.Select(restaurant => cluster.OpenAsync(OrderingCluster.Caller(restaurant))));
        foreach (var (_, cart, opened) in carts) await OrderingCluster.AddColaAsync(cart, OrderingCluster.Caller(opened.Session.Restaurant));
        var run = new HistoryRun(cluster, $"p{_plans++}", [.. carts.Select(cart => cart.Cart)], [.. carts.Select(cart => cart.Opened.Session.Id)]);
        using (new FailingStore(cluster.Store, plan.Faults))
            await Task.WhenAll(plan.Clients.Select(steps => Task.Run(() => run.PlayAsync(steps))));
        // Whatever was cut off is finished by whoever comes next; from here on no answer is lost.
        for (var cart = 0; cart < carts.Length; cart++) await run.SubmitAsync(cart, $"end{cart}", null);

        var history = run.History;
        Linearizability.Explains(new SubmissionModel([.. s_restaurants.Select(restaurant => restaurant.Value)]), history)
            .ShouldBeTrue(string.Join(Environment.NewLine, history.OrderBy(operation => operation.InvokedAt)));
        foreach (var session in run.Sessions) cluster.Store.Orders.Count(order => order.Session == session).ShouldBe(1);
        run.OrderIds.ShouldBe(cluster.Store.Orders.Where(order => run.Sessions.Contains(order.Session)).Select(order => order.Id), ignoreOrder: true, "everybody was told of the one stored order of a cart");
    }, describe: plan => plan.ToString(), run: new LawRun(120));

    private enum StepKind
    {
        Submit,
        Add,
        Deactivate,
    }

    private enum StoreFault
    {
        None,
        Before,
        After,
    }

    private sealed record ClientStep(StepKind Kind, int Cart, int Key, long? Reviewed);

    private sealed record HistoryPlan(ClientStep[][] Clients, StoreFault[] Faults)
    {
        public override string ToString() =>
            string.Join(Environment.NewLine, Clients.Select((steps, client) => $"client {client}: {string.Join(", ", steps.AsEnumerable())}")) + $"{Environment.NewLine}faults: {string.Join(' ', Faults)}";
    }

    /// <summary>One plan as it is played: who was told what, and when.</summary>
    private sealed class HistoryRun(OrderingCluster cluster, string prefix, ICartGrain[] carts, SessionId[] sessions)
    {
        private readonly ConcurrentQueue<Operation<CartCall, CartAnswer>> _history = [];
        private readonly ConcurrentDictionary<OrderId, SessionId> _orders = [];
        private long _position;

        public IReadOnlyList<Operation<CartCall, CartAnswer>> History => [.. _history];
        public IReadOnlyList<SessionId> Sessions => sessions;
        public IEnumerable<OrderId> OrderIds => _orders.Keys;

        public async Task PlayAsync(ClientStep[] steps)
        {
            foreach (var step in steps)
            {
                switch (step.Kind)
                {
                    case StepKind.Submit:
                        await SubmitAsync(step.Cart, $"k{step.Key}", step.Reviewed);
                        break;
                    case StepKind.Add:
                        await RecordAsync(new CartCall(step.Cart, null, "", null), async () =>
                        {
                            var added = await carts[step.Cart].AddLineAsync(Caller(step.Cart), new CartChange(null, null), new LineRequest { ItemId = "cola" });
                            return added.IsOk ? new CartAnswer("added", step.Cart, added.Value.Lines.Count) : new CartAnswer(added.Refusal.Code);
                        });
                        break;
                    default:
                        await cluster.DeactivateAsync(carts[step.Cart]);
                        break;
                }
            }
        }

        /// <summary>The reviewed version is part of the body, as it is in the product's fingerprint.</summary>
        public Task SubmitAsync(int cart, string key, long? reviewed)
        {
            var body = reviewed is { } version ? $"v{version}" : "any";
            return RecordAsync(new CartCall(cart, key, body, reviewed), async () =>
            {
                var answer = await carts[cart].SubmitAsync(Caller(cart), new SubmitCart($"{prefix}-{key}", reviewed, body, "click"));
                if (!answer.IsOk) return new CartAnswer(answer.Refusal.Code);
                var order = answer.Value.Order;
                _orders.TryAdd(order.Id, order.Session);
                return new CartAnswer(answer.Value.Replayed ? "replayed" : "placed", Array.IndexOf(sessions, order.Session), order.Lines.Count);
            });
        }

        private async Task RecordAsync(CartCall call, Func<Task<CartAnswer>> ask)
        {
            var invokedAt = Interlocked.Increment(ref _position);
            try
            {
                var answer = await ask();
                _history.Enqueue(new Operation<CartCall, CartAnswer>(invokedAt, Interlocked.Increment(ref _position), call, answer));
            }
            catch (IOException)
            {
                _history.Enqueue(new Operation<CartCall, CartAnswer>(invokedAt, long.MaxValue, call, null));
            }
        }

        private static Caller Caller(int cart) => OrderingCluster.Caller(s_restaurants[cart]);
    }

    /// <summary>A store that fails as planned, write by write, until it is healed.</summary>
    private sealed class FailingStore : IDisposable
    {
        private readonly InMemoryOrderStore _store;

        public FailingStore(InMemoryOrderStore store, StoreFault[] faults)
        {
            _store = store;
            var waiting = new Queue<StoreFault>(faults);
            var present = StoreFault.None;
            // The store calls these one at a time.
            store.BeforeWrite = placement =>
            {
                present = waiting.TryDequeue(out var fault) ? fault : StoreFault.None;
                if (present == StoreFault.Before) throw new IOException("The store is gone.");
            };
            store.AfterWrite = placement =>
            {
                if (present == StoreFault.After) throw new IOException("The answer is gone.");
            };
        }

        public void Dispose() => (_store.BeforeWrite, _store.AfterWrite) = (null, null);
    }
}
