using VoiceOrdering.Grains.Vouchers;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Tests.Vouchers;

public sealed class VoucherTransitionTests
{
    [Theory]
    [InlineData(VoucherStatus.Issued, VoucherEvent.OrderPlaced, VoucherStatus.Redeemed)]
    [InlineData(VoucherStatus.Issued, VoucherEvent.TakenBack, VoucherStatus.Voided)]
    [InlineData(VoucherStatus.Issued, VoucherEvent.OrderCancelled, null)]
    [InlineData(VoucherStatus.Redeemed, VoucherEvent.OrderCancelled, VoucherStatus.Issued)]
    [InlineData(VoucherStatus.Redeemed, VoucherEvent.OrderPlaced, null)]
    [InlineData(VoucherStatus.Redeemed, VoucherEvent.TakenBack, null)]
    [InlineData(VoucherStatus.Voided, VoucherEvent.OrderPlaced, null)]
    [InlineData(VoucherStatus.Voided, VoucherEvent.OrderCancelled, null)]
    [InlineData(VoucherStatus.Voided, VoucherEvent.TakenBack, null)]
    public void The_table_is_complete(VoucherStatus from, VoucherEvent happening, VoucherStatus? to) => VoucherTransitions.Next(from, happening).ShouldBe(to);
}
