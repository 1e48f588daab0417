using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Pricing;

namespace VoiceOrdering.Grains.Tests.Sessions;

/// <summary>A cart that writes down every call it gets and answers as told.</summary>
internal sealed class RecordingCart : ICartGrain
{
    public List<(string Verb, object? Request)> Calls { get; } = [];
    public List<CartChange> Changes { get; } = [];
    public Outcome<CartView> Answer { get; set; } = new CartView { Session = new SessionId("s"), Restaurant = new RestaurantId("r"), Total = new Money(0, "USD") };
    public Outcome<Submission> Submission { get; set; } = new Refusal("CART_EMPTY", "Nothing.");

    public Task OpenAsync(RestaurantId restaurant, string ownerSubject) => throw new InvalidOperationException("Tools do not open carts.");

    public Task ExpireAsync() => throw new InvalidOperationException("Tools do not expire carts.");

    public Task MenuChangedAsync() => throw new InvalidOperationException("Tools do not tell carts of menus.");

    public Task<Outcome<CartView>> ConfirmPricesAsync(Caller caller, CartChange change) => Note("confirm prices", null, change);

    public Task<Outcome<CartView>> ApplyVoucherAsync(Caller caller, CartChange change, string code) => Note("apply voucher", code, change);

    public Task<Outcome<CartView>> RemoveVoucherAsync(Caller caller, CartChange change) => Note("remove voucher", null, change);

    public Task<Outcome<CartView>> IdentifyAsync(Caller caller, CartChange change, IdentifyCustomer command) => Note("identify", command, change);

    public Task<Outcome<CartView>> ViewAsync(Caller caller) => Note("view", null, null);

    public Task<Outcome<CartView>> AddLineAsync(Caller caller, CartChange change, LineRequest line) => Note("add", line, change);

    public Task<Outcome<CartView>> ChangeLineAsync(Caller caller, CartChange change, string lineId, LinePatch patch) => Note("change " + lineId, patch, change);

    public Task<Outcome<CartView>> RemoveLineAsync(Caller caller, CartChange change, string lineId) => Note("remove " + lineId, null, change);

    public Task<Outcome<Submission>> SubmitAsync(Caller caller, SubmitCart command)
    {
        Calls.Add(("submit", command));
        return Task.FromResult(Submission);
    }

    private Task<Outcome<CartView>> Note(string verb, object? request, CartChange? change)
    {
        Calls.Add((verb, request));
        if (change is not null) Changes.Add(change);
        return Task.FromResult(Answer);
    }
}
