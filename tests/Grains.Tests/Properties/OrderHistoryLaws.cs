using FsCheck;
using FsCheck.Fluent;
using VoiceOrdering.Carts;
using VoiceOrdering.Grains.Tests.Cluster;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.TestKit.Laws;

namespace VoiceOrdering.Grains.Tests.Properties;

/// <summary>Whatever staff, customers, strangers and other processes do to an order, in whatever order: it goes as <see cref="Ticket"/> says.</summary>
public sealed class OrderHistoryLaws(OrderingCluster cluster) : IClassFixture<OrderingCluster>
{
    private static readonly Gen<HistoryStep> s_step = Gen.Frequency(
        (8, from actor in Gen.Frequency((6, Gen.Elements(Actor.Cook, Actor.Waiter)), (1, Gen.Elements(Actor.Customer, Actor.Stranger)))
            from status in Gen.Elements(Enum.GetValues<OrderStatus>())
            select new HistoryStep(actor, status)),
        // Most random moves are refused: these go where the order can go.
        (8, from actor in Gen.Elements(Actor.Cook, Actor.Waiter, Actor.OtherProcess) select new HistoryStep(actor, null)),
        (3, from actor in Gen.Elements(Actor.Cook, Actor.Waiter) select new HistoryStep(actor, null) { IsBack = true }),
        (4, from minutes in Gen.Elements(2, 6, 14, 16, 26) select new HistoryStep(Actor.Clock, null) { Minutes = minutes }),
        (1, Gen.Constant(new HistoryStep(Actor.Deactivation, null))));

    private static readonly Gen<HistoryStep[]> s_histories = s_step.ListOf().Select(steps => steps.ToArray());

    [Fact]
    public void Every_history_of_an_order_is_that_of_the_model() => Law.HoldsAsync(s_histories, async steps =>
    {
        var placed = await PlaceAsync();
        var grain = cluster.Client.GetGrain<IOrderGrain>(placed.Id.Value);
        var ticket = new Ticket();
        var accepted = new List<(string Subject, OrderStatus Status)>();
        foreach (var step in steps)
        {
            var status = step.Status ?? (step.IsBack ? ticket.Back : ticket.Forward);
            switch (step.Actor)
            {
                case Actor.Clock:
                    cluster.Clock.Shift(TimeSpan.FromMinutes(step.Minutes));
                    ticket = ticket.After(step.Minutes);
                    break;
                case Actor.Deactivation:
                    await cluster.DeactivateAsync(grain);
                    break;
                case Actor.OtherProcess:
                    if (ticket.Judge(status) is not null || status == ticket.Status) break;
                    var row = Stored(placed.Id);
                    await cluster.Store.ChangeStatusAsync(new StatusChange(row.Restaurant, row.Id, status, row.Version, nameof(Actor.OtherProcess), cluster.Clock.GetUtcNow()), CancellationToken.None);
                    ticket = ticket.To(status);
                    accepted.Add((nameof(Actor.OtherProcess), status));
                    break;
                default:
                    ticket = await MoveAsync(grain, ticket, step.Actor, status, accepted);
                    break;
            }
            (Stored(placed.Id).Status, Stored(placed.Id).Version).ShouldBe((ticket.Status, 1L + accepted.Count));
        }
        cluster.Store.Changes.Where(change => change.Order == placed.Id).Select(change => (change.Subject, change.Status)).ShouldBe(accepted, "the audit has one entry for every accepted change and no other");
    }, describe: steps => string.Join(", ", steps.AsEnumerable()), run: new LawRun(120, 40));

    private async Task<Ticket> MoveAsync(IOrderGrain grain, Ticket ticket, Actor actor, OrderStatus status, List<(string, OrderStatus)> accepted)
    {
        var before = Stored(new OrderId(grain.GetPrimaryKeyString()));
        var caller = Caller(actor);
        var answer = await grain.ChangeStatusAsync(caller, status);
        var expected = actor switch
        {
            Actor.Customer => RefusalCodes.ScopeMissing,
            Actor.Stranger => RefusalCodes.OrderUnknown,
            _ => ticket.Judge(status),
        };
        answer.Refusal?.Code.ShouldBe(expected, $"{ticket} to {status} by {actor}");
        if (expected is not null || status == ticket.Status)
        {
            answer.IsOk.ShouldBe(expected is null, $"{ticket} to {status} by {actor}");
            Stored(before.Id).ShouldBeSameAs(before, "what is refused changes nothing");
            return ticket;
        }
        answer.Refusal.ShouldBeNull($"{ticket} to {status} by {actor}");
        answer.Value!.Status.ShouldBe(status);
        accepted.Add((caller.Subject, status));
        return ticket.To(status);
    }

    private static Caller Caller(Actor actor) => actor switch
    {
        Actor.Stranger => OrderingCluster.Caller(OrderingCluster.Pronto, "stranger"),
        Actor.Customer => OrderingCluster.Caller(OrderingCluster.Harbor, "customer") with { Scopes = new[] { Scopes.OrdersCreate, Scopes.OrdersRead } },
        _ => OrderingCluster.Caller(OrderingCluster.Harbor, actor.ToString()),
    };

    private OrderView Stored(OrderId id) => cluster.Store.Orders.Single(order => order.Id == id);

    private async Task<OrderView> PlaceAsync()
    {
        var caller = OrderingCluster.Caller(OrderingCluster.Harbor);
        var (_, cart, opened) = await cluster.OpenAsync(caller);
        await OrderingCluster.AddColaAsync(cart, caller);
        return (await cart.SubmitAsync(caller, new SubmitCart($"history-{opened.Session.Id}", null, "f", "click"))).Value!.Order;
    }

    /// <summary>Who does something.</summary>
    private enum Actor
    {
        Cook,
        Waiter,
        Customer,
        Stranger,
        OtherProcess,
        Clock,
        Deactivation,
    }

    private sealed record HistoryStep(Actor Actor, OrderStatus? Status)
    {
        public bool IsBack { get; init; }
        public int Minutes { get; init; }
    }

    /// <summary>An order as somebody would explain it who never saw the table: five steps, one back within 15 minutes from the last two, and out of it from all but the last.</summary>
    private sealed record Ticket
    {
        private static readonly OrderStatus[] s_way = [OrderStatus.Placed, OrderStatus.Accepted, OrderStatus.Preparing, OrderStatus.Ready, OrderStatus.Completed];
        private int Step { get; init; }
        private bool IsCancelled { get; init; }
        private int Minutes { get; init; }

        public OrderStatus Status => IsCancelled ? OrderStatus.Cancelled : s_way[Step];

        public OrderStatus Forward => IsCancelled ? OrderStatus.Cancelled : s_way[Math.Min(Step + 1, s_way.Length - 1)];

        public OrderStatus Back => IsCancelled ? OrderStatus.Cancelled : s_way[Math.Max(Step - 1, 0)];

        public Ticket After(int minutes) => this with { Minutes = Minutes + minutes };

        /// <summary>Null when it can go there (or is there), otherwise the refusal.</summary>
        public string? Judge(OrderStatus to)
        {
            if (to == Status) return null;
            if (IsCancelled) return RefusalCodes.TransitionInvalid;
            if (to == OrderStatus.Cancelled) return Step == s_way.Length - 1 ? RefusalCodes.TransitionInvalid : null;
            var by = Array.IndexOf(s_way, to) - Step;
            if (by == -1 && Step >= 3) return Minutes > 15 ? RefusalCodes.RecallLate : null;
            return by == 1 ? null : RefusalCodes.TransitionInvalid;
        }

        public Ticket To(OrderStatus status) => status == OrderStatus.Cancelled
            ? this with { IsCancelled = true, Minutes = 0 }
            : this with { Step = Array.IndexOf(s_way, status), Minutes = 0 };
    }
}
