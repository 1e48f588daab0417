using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Tests.Cluster;

public sealed class VoucherTests(OrderingCluster cluster) : IClassFixture<OrderingCluster>
{
    private readonly Caller _caller = OrderingCluster.Caller(OrderingCluster.Harbor);

    private IVouchersGrain Vouchers => cluster.Client.GetGrain<IVouchersGrain>(OrderingCluster.Harbor.Value);

    [Fact]
    public async Task A_voucher_lowers_the_total_and_is_redeemed_with_the_order_once()
    {
        var voucher = await IssueAsync(100);
        var (first, second) = (await ColaAsync(), await ColaAsync());
        foreach (var cart in new[] { first, second })
        {
            var applied = (await cart.ApplyVoucherAsync(_caller, Change, voucher.Terms.Code)).Value!;
            // A cola of 2.19 less 1.00, 10 % on the rest.
            (applied.Discount.AmountMinor, applied.Tax.AmountMinor, applied.Total.AmountMinor).ShouldBe((100, 12, 131));
        }

        (await Vouchers.ViewAsync(_caller, voucher.Terms.Code)).Value!.Status.ShouldBe(VoucherStatus.Issued, "taking it on redeems nothing");
        var order = (await SubmitAsync(first)).Value!.Order;
        (order.Total.AmountMinor, order.Discount.AmountMinor, order.Voucher).ShouldBe((131, 100, voucher.Terms.Code[^4..]));
        var redeemed = (await Vouchers.ViewAsync(_caller, voucher.Terms.Code)).Value!;
        (redeemed.Status, redeemed.Order).ShouldBe((VoucherStatus.Redeemed, order.Id));

        var refused = await SubmitAsync(second);
        refused.Refusal!.Code.ShouldBe(RefusalCodes.VoucherRedeemed);
        refused.Refusal.Sentence.ShouldContain("2.41 dollars");
        var open = (await second.ViewAsync(_caller)).Value!;
        (open.Order, open.Voucher, open.Total.AmountMinor).ShouldBe((null, null, 241));
        (await SubmitAsync(second)).Value!.Order.Total.AmountMinor.ShouldBe(241, "the same cart can be ordered at its new total");
    }

    [Fact]
    public async Task Of_many_carts_at_once_one_gets_the_voucher()
    {
        var voucher = await IssueAsync(100);
        var carts = new List<ICartGrain>();
        for (var i = 0; i < 20; i++)
        {
            var cart = await ColaAsync();
            (await cart.ApplyVoucherAsync(_caller, Change, voucher.Terms.Code)).IsOk.ShouldBeTrue();
            carts.Add(cart);
        }

        var answers = await Task.WhenAll(carts.Select(SubmitAsync));
        answers.Count(answer => answer.IsOk).ShouldBe(1);
        answers.Where(answer => !answer.IsOk).ShouldAllBe(answer => answer.Refusal!.Code == RefusalCodes.VoucherRedeemed);
        (await Vouchers.ViewAsync(_caller, voucher.Terms.Code)).Value!.Order.ShouldBe(answers.Single(answer => answer.IsOk).Value!.Order.Id);
    }

    [Fact]
    public async Task A_cancelled_order_gives_its_voucher_back()
    {
        var voucher = await IssueAsync(100);
        var cart = await ColaAsync();
        await cart.ApplyVoucherAsync(_caller, Change, voucher.Terms.Code);
        var order = (await SubmitAsync(cart)).Value!.Order;
        (await cluster.Client.GetGrain<IOrderGrain>(order.Id.Value).ChangeStatusAsync(_caller, OrderStatus.Cancelled)).IsOk.ShouldBeTrue();
        var back = (await Vouchers.ViewAsync(_caller, voucher.Terms.Code)).Value!;
        (back.Status, back.Order).ShouldBe((VoucherStatus.Issued, null));
        var again = await ColaAsync();
        await again.ApplyVoucherAsync(_caller, Change, voucher.Terms.Code);
        (await SubmitAsync(again)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task A_submission_cut_off_after_the_store_redeems_nothing_twice()
    {
        var voucher = await IssueAsync(100);
        var cart = await ColaAsync();
        var code = voucher.Terms.Code;
        await cart.ApplyVoucherAsync(_caller, Change, code);
        var lost = false;
        cluster.Store.AfterPlace = placement =>
        {
            if (placement.VoucherCode != code || lost) return;
            lost = true;
            throw new TimeoutException("The answer got lost.");
        };
        try
        {
            await Should.ThrowAsync<TimeoutException>(() => SubmitAsync(cart));
            var order = (await SubmitAsync(cart)).Value!.Order;
            (order.Discount.AmountMinor, (await Vouchers.ViewAsync(_caller, code)).Value!.Order).ShouldBe((100, order.Id));
        }
        finally
        {
            cluster.Store.AfterPlace = null;
        }
    }

    [Fact]
    public async Task A_voucher_that_is_over_is_refused_when_it_is_taken_on()
    {
        var cart = await ColaAsync();
        var voided = await IssueAsync(100);
        (await Vouchers.VoidAsync(_caller, voided.Terms.Code)).Value!.Status.ShouldBe(VoucherStatus.Voided);
        (await Vouchers.VoidAsync(_caller, voided.Terms.Code)).IsOk.ShouldBeTrue("voiding again changes nothing");
        (await cart.ApplyVoucherAsync(_caller, Change, voided.Terms.Code)).Refusal!.Code.ShouldBe(RefusalCodes.VoucherVoided);
        var expired = (await Vouchers.IssueAsync(_caller, new IssueVoucher(VoucherKind.Amount, 100, 0) { ExpiresAt = cluster.Clock.GetUtcNow().AddMinutes(1) })).Value!;
        cluster.Clock.Shift(TimeSpan.FromMinutes(2));
        (await cart.ApplyVoucherAsync(_caller, Change, expired.Terms.Code)).Refusal!.Code.ShouldBe(RefusalCodes.VoucherExpired);
        (await cart.ApplyVoucherAsync(_caller, Change, "1234")).Refusal!.Code.ShouldBe(RefusalCodes.VoucherCodeInvalid);
        (await cart.ViewAsync(_caller)).Value!.Voucher.ShouldBeNull();
    }

    [Fact]
    public async Task Below_its_minimum_a_voucher_counts_nothing_and_the_submission_is_refused()
    {
        var voucher = (await Vouchers.IssueAsync(_caller, new IssueVoucher(VoucherKind.Percent, 5000, 400))).Value!;
        var cart = await ColaAsync();
        (await cart.ApplyVoucherAsync(_caller, Change, voucher.Terms.Code)).Value!.Discount.AmountMinor.ShouldBe(0);
        (await SubmitAsync(cart)).Refusal!.Code.ShouldBe(RefusalCodes.VoucherMinimum);
        (await OrderingCluster.AddColaAsync(cart, _caller)).Discount.AmountMinor.ShouldBe(219);
        (await cart.RemoveVoucherAsync(_caller, Change)).Value!.Discount.AmountMinor.ShouldBe(0);
        (await SubmitAsync(cart)).Value!.Order.Voucher.ShouldBeNull();
        (await Vouchers.ViewAsync(_caller, voucher.Terms.Code)).Value!.Status.ShouldBe(VoucherStatus.Issued);
    }

    [Fact]
    public async Task Codes_cannot_be_found_by_trying()
    {
        var cart = await ColaAsync();
        var voucher = await IssueAsync(100);
        var others = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var taken = await IssueAsync(100);
            await Vouchers.VoidAsync(_caller, taken.Terms.Code);
            others.Add(taken.Terms.Code);
        }

        foreach (var code in others) (await cart.ApplyVoucherAsync(_caller, Change, code)).Refusal!.Code.ShouldBe(RefusalCodes.VoucherVoided);
        (await cart.ApplyVoucherAsync(_caller, Change, voucher.Terms.Code)).Refusal!.Code.ShouldBe(RefusalCodes.VoucherAttemptsExhausted);
        await cluster.DeactivateAsync(cart);
        (await cart.ApplyVoucherAsync(_caller, Change, voucher.Terms.Code)).Refusal!.Code.ShouldBe(RefusalCodes.VoucherAttemptsExhausted, "a new activation does not forget");
    }

    [Fact]
    public async Task The_same_issue_key_gives_the_same_voucher()
    {
        var command = new IssueVoucher(VoucherKind.Amount, 700, 0) { Key = "issue-1", Note = "late" };
        var first = (await Vouchers.IssueAsync(_caller, command)).Value!;
        (await Vouchers.IssueAsync(_caller, command)).Value!.Terms.Code.ShouldBe(first.Terms.Code);
        (await Vouchers.IssueAsync(_caller, command with { Note = "early" })).Refusal!.Code.ShouldBe(RefusalCodes.IdempotencyKeyReused);
        var brief = new IssueVoucher(VoucherKind.Amount, 700, 0) { Key = "issue-2", ExpiresAt = cluster.Clock.GetUtcNow().AddMinutes(1) };
        var code = (await Vouchers.IssueAsync(_caller, brief)).Value!.Terms.Code;
        cluster.Clock.Shift(TimeSpan.FromMinutes(2));
        (await Vouchers.IssueAsync(_caller, brief)).Value!.Terms.Code.ShouldBe(code, "a repeated request gets the first answer, also when it is over");
    }

    [Theory]
    [InlineData(VoucherKind.Amount, 0, 0)]
    [InlineData(VoucherKind.Amount, 50_001, 0)]
    [InlineData(VoucherKind.Percent, 10_001, 0)]
    [InlineData(VoucherKind.Amount, 100, -1)]
    public async Task What_is_out_of_range_is_not_issued(VoucherKind kind, long value, long minimum) =>
        (await Vouchers.IssueAsync(_caller, new IssueVoucher(kind, value, minimum))).Refusal!.Code.ShouldBe(RefusalCodes.VoucherInvalid);

    [Fact]
    public async Task Issuing_needs_its_scope() =>
        (await Vouchers.IssueAsync(_caller with { Scopes = [Scopes.OrdersCreate] }, new IssueVoucher(VoucherKind.Amount, 100, 0))).Refusal!.Code.ShouldBe(RefusalCodes.ScopeMissing);

    private static CartChange Change => new(null, null);

    private async Task<VoucherView> IssueAsync(long minor) => (await Vouchers.IssueAsync(_caller, new IssueVoucher(VoucherKind.Amount, minor, 0))).Value!;

    private async Task<ICartGrain> ColaAsync()
    {
        var (_, cart, _) = await cluster.OpenAsync(_caller);
        await OrderingCluster.AddColaAsync(cart, _caller);
        return cart;
    }

    private async Task<Outcome<Submission>> SubmitAsync(ICartGrain cart)
    {
        var version = (await cart.ViewAsync(_caller)).Value!.Version;
        return await cart.SubmitAsync(_caller, new SubmitCart($"{cart.GetPrimaryKeyString()}/{version}", version, $"print {version}", "click"));
    }
}
