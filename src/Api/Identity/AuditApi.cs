using VoiceOrdering.Api.Problems;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Audit;

namespace VoiceOrdering.Api.Identity;

/// <summary>A page of the audit, newest first.</summary>
internal sealed record AuditBody(IReadOnlyList<AuditRow> Rows, long? NextBefore);

/// <summary>Who did what: of one's own restaurant, or of the whole platform for operators.</summary>
internal static class AuditApi
{
    private const int DefaultLimit = 50;
    private const int HighestLimit = 200;

    public static void MapAudit(this RouteGroupBuilder api) =>
        api.MapGet("/audit", ListAsync).RequireRealmScope(Scopes.AuditRead, Scopes.AuditRead)
            .WithTags("Identity").WithSummary("Who did what, newest first").Produces<AuditBody>().Problem(400, 401, 403, 404);

    private static async Task<IResult> ListAsync(HttpContext http, IAuditLog audit, string? target = null, string? before = null, string? limit = null)
    {
        var (from, count) = (0L, DefaultLimit);
        if (before is not null && !long.TryParse(before, out from))
        {
            return Invalid("before", "before must be the auditId of a row.");
        }

        if (limit is not null && !(int.TryParse(limit, out count) && count is >= 1 and <= HighestLimit))
        {
            return Invalid("limit", $"limit must be from 1 to {HighestLimit}.");
        }

        var rows = await audit.ListAsync(new AuditQuery(RealmFilter.Realm(http)?.Value, target, before is null ? null : from, count), http.RequestAborted);
        return Results.Ok(new AuditBody(rows, rows.Count == count ? rows[^1].AuditId : null));
    }

    private static ApiProblem Invalid(string parameter, string sentence) => new ApiProblem(400, "PARAMETER_INVALID", sentence).With("parameter", parameter);
}
