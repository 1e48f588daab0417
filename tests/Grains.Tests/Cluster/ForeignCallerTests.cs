using System.Reflection;
using VoiceOrdering.Carts;
using VoiceOrdering.Customers;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Sessions;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Tests.Cluster;

/// <summary>Every grain method that is told who calls refuses callers of other restaurants, whatever the edge let through. Found by reflection, so that a new one is not forgotten.</summary>
public sealed class ForeignCallerTests(OrderingCluster cluster) : IClassFixture<OrderingCluster>
{
    private static readonly Type[] s_grains = [.. typeof(ICartGrain).Assembly.GetTypes().Where(type => type.IsInterface && typeof(IGrainWithStringKey).IsAssignableFrom(type))];

    public static IEnumerable<object[]> Methods =>
        from grain in s_grains
        from method in grain.GetMethods()
        where method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Caller)) && method.Name != nameof(ISessionGrain.OpenAsync)
        select new object[] { grain.Name, method.Name };

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_caller_of_another_restaurant_is_told_that_there_is_nothing(string grainName, string methodName)
    {
        var own = OrderingCluster.Caller(OrderingCluster.Harbor);
        var (session, cart, opened) = await cluster.OpenAsync(own);
        await OrderingCluster.AddColaAsync(cart, own);
        var order = (await cart.SubmitAsync(own, new SubmitCart($"key-{opened.Session.Id}", null, "f", "click"))).Value!.Order;
        var grain = s_grains.Single(type => type.Name == grainName);
        var method = grain.GetMethod(methodName)!;
        var foreign = OrderingCluster.Caller(OrderingCluster.Pronto, own.Subject);
        var (target, expected) = Target(grain, order.Id.Value, (session, cart));

        var task = (Task)method.Invoke(target, [.. method.GetParameters().Select(parameter => Argument(parameter, foreign, opened))])!;
        await task;

        if (task.GetType().GetProperty("Result")?.GetValue(task) is { } outcome && outcome.GetType().GetProperty("Refusal") is { } refusal)
        {
            ((Refusal?)refusal.GetValue(outcome)).ShouldNotBeNull().Code.ShouldBe(expected);
        }

        (await session.ViewAsync(own)).Value!.Phase.ShouldNotBe(SessionPhase.Ended);
        (await cluster.Client.GetGrain<IOrderGrain>(order.Id.Value).ViewAsync(own)).Value!.Status.ShouldBe(OrderStatus.Placed);
    }

    private (IGrainWithStringKey Target, string Code) Target(Type grain, string order, (ISessionGrain Session, ICartGrain Cart) own) => grain switch
    {
        _ when grain == typeof(IOrderGrain) => (cluster.Client.GetGrain<IOrderGrain>(order), RefusalCodes.OrderUnknown),
        _ when grain == typeof(IVouchersGrain) => (cluster.Client.GetGrain<IVouchersGrain>(OrderingCluster.Harbor.Value), RefusalCodes.VoucherUnknown),
        _ when grain == typeof(ICustomersGrain) => (cluster.Client.GetGrain<ICustomersGrain>(OrderingCluster.Harbor.Value), RefusalCodes.CustomerUnknown),
        _ when grain == typeof(ICartGrain) => (own.Cart, RefusalCodes.SessionUnknown),
        _ when grain == typeof(ISessionGrain) => (own.Session, RefusalCodes.SessionUnknown),
        _ => throw new InvalidOperationException($"This test knows no {grain.Name}: say here whom it belongs to."),
    };

    private object? Argument(ParameterInfo parameter, Caller foreign, SessionOpened opened) => parameter.ParameterType switch
    {
        var type when type == typeof(Caller) => foreign,
        var type when type == typeof(string) => parameter.Name == "resumeToken" ? opened.ResumeToken : "l1",
        var type when type == typeof(CartChange) => new CartChange(null, null),
        var type when type == typeof(LineRequest) => new LineRequest { ItemId = "cola" },
        var type when type == typeof(LinePatch) => new LinePatch { Quantity = 3 },
        var type when type == typeof(SubmitCart) => new SubmitCart("foreign", null, "f", "click"),
        var type when type == typeof(OrderStatus) => OrderStatus.Accepted,
        var type when type == typeof(AttachBridge) => new AttachBridge("thief", "text"),
        var type when type == typeof(ISessionObserver) => cluster.Client.CreateObjectReference<ISessionObserver>(new SessionListener()),
        var type when type == typeof(long) => 0L,
        var type when type == typeof(IdentifyCustomer) => new IdentifyCustomer("+14155550100", UnknownCustomer.Create),
        var type when type == typeof(IssueVoucher) => new IssueVoucher(VoucherKind.Amount, 500, 0),
        var type when type == typeof(VoucherQuery) => new VoucherQuery(null, null, 10, null),
        var type when type == typeof(StoreCustomer) => new StoreCustomer("+14155550100", null),
        var type when type == typeof(SessionId) => opened.Session.Id,
        var type => throw new InvalidOperationException($"This test knows no {type.Name}: say here what stands for it."),
    };
}
