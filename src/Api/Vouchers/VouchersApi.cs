using System.Globalization;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Identity;
using VoiceOrdering.Vouchers;

namespace VoiceOrdering.Api.Vouchers;

/// <summary>Vouchers of the caller's restaurant. The grain checks the scope again; the rows and the audit are the store's.</summary>
internal static class VouchersApi
{
    private const int DefaultLimit = 50;
    private const int LargestLimit = 200;
    private const int LongestText = 512;

    public static void MapVouchers(this RouteGroupBuilder api)
    {
        var vouchers = api.MapGroup("/vouchers").WithTags("Vouchers");
        vouchers.MapGet("", ListAsync).RequireScope(Scopes.VouchersWrite).WithSummary("Vouchers, newest first").Produces<VouchersBody>().Problem(400, 401, 403);
        vouchers.MapPost("", IssueAsync).RequireScope(Scopes.VouchersWrite).WithSummary("Issue a voucher, once per Idempotency-Key").Produces<VoucherBody>(201).Problem(400, 401, 403, 404, 415, 422);
        vouchers.MapPost("/look-up", FindAsync).RequireScope(Scopes.VouchersWrite).WithSummary("The voucher of a code").Produces<VoucherBody>().Problem(400, 401, 403, 404, 415);
        vouchers.MapPost("/void", VoidAsync).RequireScope(Scopes.VouchersWrite).WithSummary("Take an issued voucher back").Produces<VoucherBody>().Problem(400, 401, 403, 404, 409, 415);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IGrainFactory grains, string? status = null, string? limit = null, string? cursor = null)
    {
        VoucherStatus? wanted = null;
        if (status is not null)
        {
            var known = Enum.GetValues<VoucherStatus>().Where(value => string.Equals(value.ToString(), status, StringComparison.OrdinalIgnoreCase)).ToArray();
            if (known.Length == 0)
            {
                return Invalid("status", "status must be issued, redeemed or voided.");
            }

            wanted = known[0];
        }

        var count = DefaultLimit;
        if (limit is not null && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= LargestLimit))
        {
            return Invalid("limit", $"limit must be from 1 to {LargestLimit}.");
        }

        var customer = http.Request.Query["customerId"].ToString();
        if (customer.Length > LongestText || cursor is { Length: > LongestText })
        {
            return Invalid("cursor", "cursor or customerId is not one of ours.");
        }

        try
        {
            var page = await Own(http, grains).ListAsync(http.Caller(), new VoucherQuery(wanted, customer.Length == 0 ? null : customer, count, string.IsNullOrEmpty(cursor) ? null : cursor));
            return page.IsOk ? NotStored(http, new VouchersBody([.. page.Value.Vouchers.Select(VoucherBody.From)], page.Value.NextCursor)) : page.Refusal.ToProblem();
        }
        catch (ArgumentException)
        {
            return Invalid("cursor", "cursor is not one of ours.");
        }
    }

    private static async Task<IResult> IssueAsync(IssueVoucherRequest request, HttpContext http, IGrainFactory grains)
    {
        var (key, problem) = RequestPreconditions.IdempotencyKey(http.Request);
        problem ??= request.AmountMinor is null == request.BasisPoints is null
            ? new ApiProblem(400, "BODY_INVALID", "A voucher has either amountMinor or basisPoints.").With("path", "$.amountMinor")
            : null;
        if (problem is not null)
        {
            return problem;
        }

        var command = new IssueVoucher(request.AmountMinor is null ? VoucherKind.Percent : VoucherKind.Amount, request.AmountMinor ?? request.BasisPoints!.Value, request.MinimumMinor)
        {
            CustomerId = string.IsNullOrEmpty(request.CustomerId) ? null : request.CustomerId,
            ExpiresAt = request.ExpiresAt?.ToUniversalTime(),
            Note = request.Note ?? "",
            Key = key,
        };
        var issued = await Own(http, grains).IssueAsync(http.Caller(), command);
        return issued.IsOk ? NotStored(http, VoucherBody.From(issued.Value), StatusCodes.Status201Created) : issued.Refusal.ToProblem();
    }

    private static async Task<IResult> FindAsync(VoucherCodeRequest request, HttpContext http, IGrainFactory grains) =>
        CodeMissing(request) ?? Answer(await Own(http, grains).ViewAsync(http.Caller(), request.Code!), http);

    private static async Task<IResult> VoidAsync(VoucherCodeRequest request, HttpContext http, IGrainFactory grains) =>
        CodeMissing(request) ?? Answer(await Own(http, grains).VoidAsync(http.Caller(), request.Code!), http);

    private static ApiProblem? CodeMissing(VoucherCodeRequest request) =>
        string.IsNullOrEmpty(request.Code) ? new ApiProblem(400, "BODY_INVALID", "The code is missing.").With("path", "$.code") : null;

    private static IResult Answer(Outcome<VoucherView> voucher, HttpContext http) => voucher.IsOk ? NotStored(http, VoucherBody.From(voucher.Value)) : voucher.Refusal.ToProblem();

    private static IResult NotStored(HttpContext http, object body, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(body, statusCode: status);
    }

    private static ApiProblem Invalid(string parameter, string sentence) => new ApiProblem(400, "PARAMETER_INVALID", sentence).With("parameter", parameter);

    private static IVouchersGrain Own(HttpContext http, IGrainFactory grains) => grains.GetGrain<IVouchersGrain>(http.Caller().Restaurant.Value);
}
