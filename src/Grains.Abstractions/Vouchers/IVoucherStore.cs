using VoiceOrdering.Identity;

namespace VoiceOrdering.Vouchers;

/// <summary>
/// The rows of vouchers, beside the orders in the same database: <see cref="Orders.IOrderStore.PlaceAsync"/> redeems and a cancellation gives back,
/// each in the order's transaction. Every change writes an audit row. Durable when a method returns.
/// </summary>
public interface IVoucherStore
{
    /// <summary>Stores a voucher; with a key that was used before the earlier voucher is returned; null when the code is taken.</summary>
    Task<VoucherView?> AddAsync(VoucherView voucher, string? key, CancellationToken cancellationToken);

    /// <summary>The voucher of this restaurant, or null (also when it belongs to another one).</summary>
    Task<VoucherView?> FindAsync(RestaurantId restaurant, string code, CancellationToken cancellationToken);

    /// <summary>The voucher that was issued with a key, or null.</summary>
    Task<VoucherView?> FindByKeyAsync(RestaurantId restaurant, string key, CancellationToken cancellationToken);

    /// <summary>Voids an issued voucher; null when it is not issued any more.</summary>
    Task<VoucherView?> VoidAsync(RestaurantId restaurant, string code, string subject, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Vouchers of one restaurant, newest first.</summary>
    /// <exception cref="ArgumentException">The cursor is not one of a previous page.</exception>
    Task<VoucherPage> ListAsync(RestaurantId restaurant, VoucherQuery query, CancellationToken cancellationToken);
}
