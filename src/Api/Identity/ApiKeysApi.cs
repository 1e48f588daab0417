using VoiceOrdering.Api.Problems;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Identity;

namespace VoiceOrdering.Api.Identity;

/// <summary>API keys of the caller's restaurant, or for operators of any and of the platform: shown once, known by their hash, revocable.</summary>
internal static class ApiKeysApi
{
    private const int LongestLabel = 60;
    private const int ShownCharacters = 10;

    public static void MapApiKeys(this RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/api-keys").WithTags("Identity");
        keys.MapGet("", ListAsync).RequireRealmScope(Scopes.UsersWrite, Scopes.OpsRead).WithSummary("API keys, without the keys").Produces<IReadOnlyList<ApiKeyBody>>().Problem(401, 403);
        keys.MapPost("", AddAsync).RequireRealmScope(Scopes.UsersWrite, Scopes.OpsWrite).WithSummary("Make an API key; it is shown once").Produces<ApiKeyBody>(201).Problem(400, 401, 403, 409, 415, 422);
        keys.MapDelete("/{keyId}", RevokeAsync).RequireRealmScope(Scopes.UsersWrite, Scopes.OpsWrite).WithSummary("Revoke a key and every token it brought").Produces(204).Problem(401, 403, 404);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IUserStore users)
    {
        var found = await users.ListApiKeysAsync(RealmFilter.Realm(http), http.RequestAborted);
        return Results.Ok(found.Select(key => ApiKeyBody.From(key)).ToArray());
    }

    private static async Task<IResult> AddAsync(ApiKeyRequest request, HttpContext http, UserDesk desk)
    {
        var now = desk.Tools.Time.GetUtcNow();
        if (request.Label is not { Length: >= 1 and <= LongestLabel } label || label.Any(char.IsControl))
        {
            return Invalid("$.label", $"A label has 1 to {LongestLabel} characters.");
        }

        var realm = RealmFilter.Realm(http);
        var roles = Roles.NamesIn(realm).Where(role => role != Roles.Owner).ToArray();
        if (request.Role is null || !roles.Contains(request.Role))
        {
            return Invalid("$.role", $"The role is one of {string.Join(", ", roles)}.");
        }

        if (request.ExpiresAt <= now)
        {
            return Invalid("$.expiresAt", "The end must be in the future.");
        }

        var secret = "vo_" + desk.Tools.Ids.NewSecret();
        var id = desk.Tools.Ids.NewId("key_");
        var key = new StoredApiKey(Credentials.HashApiKey(secret), label, "api:" + id, realm, Roles.ScopesOf(request.Role)!)
        {
            KeyId = id,
            Prefix = secret[..ShownCharacters],
            CreatedAt = now,
            ExpiresAt = request.ExpiresAt?.ToUniversalTime(),
        };
        var told = AuditTrail.Entry(http, realm?.Value ?? "", "apikey.created", id, $"{label}, role {request.Role}");
        if (!await desk.Users.AddApiKeyAsync(key, desk.Limits.ApiKeysPerRestaurant, told, http.RequestAborted))
        {
            return new ApiProblem(409, "API_KEYS_EXHAUSTED", $"A restaurant has at most {desk.Limits.ApiKeysPerRestaurant} valid keys.");
        }

        http.Response.Headers.CacheControl = "no-store";
        return Results.Created($"/api/v1/api-keys/{id}", ApiKeyBody.From(key, secret));
    }

    private static async Task<IResult> RevokeAsync(string keyId, HttpContext http, UserDesk desk)
    {
        var realm = RealmFilter.Realm(http);
        if (!await desk.Users.RevokeApiKeyAsync(realm, keyId, AuditTrail.Entry(http, realm?.Value ?? "", "apikey.revoked", keyId), http.RequestAborted))
        {
            return new ApiProblem(404, "API_KEY_UNKNOWN", "There is no such key, or it was revoked before.");
        }

        await desk.Revocations.TryReloadAsync(CancellationToken.None);
        return Results.NoContent();
    }

    private static ApiProblem Invalid(string path, string sentence) => new ApiProblem(422, "API_KEY_INVALID", sentence).With("path", path);
}
