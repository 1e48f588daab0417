using VoiceOrdering.Customers;
using VoiceOrdering.Grains.Restaurants;
using VoiceOrdering.Grains.Telemetry;
using VoiceOrdering.Identity;
using VoiceOrdering.Orders;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Grains.Carts;

/// <summary>What a cart grain needs beside its state.</summary>
internal sealed record CartSurroundings(IOrderStore Orders, CartRows Rows, MenuIndexCache Menus, IIdSource Ids, TimeProvider Time, Limits Limits, OrderingMetrics Metrics);

/// <summary>Rows a cart looks at before its order.</summary>
internal sealed record CartRows(IVoucherStore Vouchers, ICustomerStore Customers);
