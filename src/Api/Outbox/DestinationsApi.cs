using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Problems;
using VoiceOrdering.Identity;
using VoiceOrdering.Silo.Outbox;

namespace VoiceOrdering.Api.Outbox;

/// <summary>Where the caller's restaurant is told of its orders.</summary>
internal static class DestinationsApi
{
    public static void MapDestinations(this RouteGroupBuilder api)
    {
        var destinations = api.MapGroup("/destinations").WithTags("Destinations");
        destinations.MapGet("", ListAsync).RequireScope(Scopes.SettingsWrite).WithSummary("Webhooks and chats that are told of orders").Produces<IReadOnlyList<DestinationBody>>().Problem(401, 403);
        destinations.MapPost("", AddAsync).RequireScope(Scopes.SettingsWrite).WithSummary("Add a destination; its secret is shown once").Produces<DestinationBody>(201).Problem(400, 401, 403, 409, 415, 422);
        destinations.MapPatch("/{destinationId}", ChangeAsync).RequireScope(Scopes.SettingsWrite).WithSummary("Change address or switch").Produces<DestinationBody>().Problem(400, 401, 403, 404, 415, 422);
        destinations.MapDelete("/{destinationId}", RemoveAsync).RequireScope(Scopes.SettingsWrite).WithSummary("Remove it; what is pending becomes dead letters").Produces(204).Problem(401, 403, 404);
        destinations.MapPost("/{destinationId}/secret", RotateAsync).RequireScope(Scopes.SettingsWrite).WithSummary("Replace the signing secret; the old one signs for a while beside it").Produces<DestinationBody>().Problem(401, 403, 404, 409);
        destinations.MapPost("/{destinationId}/test", TestAsync).RequireScope(Scopes.SettingsWrite).WithSummary("Send a test event now").Produces<ProbeBody>().Problem(401, 403, 404);
        destinations.MapPost("/{destinationId}/replay", ReplayDeadAsync).RequireScope(Scopes.OrdersWrite).WithSummary("Send all its dead letters again").Produces<ReplayBody>().Problem(401, 403, 404);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IDestinationStore store)
    {
        var found = await store.ListAsync(http.Caller().Restaurant.Value, http.RequestAborted);
        return Results.Ok(found.Select(destination => DestinationBody.From(destination)).ToArray());
    }

    private static async Task<IResult> AddAsync(DestinationRequest request, HttpContext http, DestinationParts parts)
    {
        if (request is not { Kind: { } kind, Address: { Length: > 0 } address })
        {
            return new ApiProblem(400, "BODY_INVALID", "Give kind and address.").With("path", "$");
        }

        if (parts.Probe.Judge(kind, address) is { } fault)
        {
            return Invalid(fault);
        }

        var secret = kind == DestinationKind.Pos ? WebhookSignature.NewSecret() : null;
        var destination = new Destination(parts.Ids.NewId("dst_"), http.Caller().Restaurant.Value, kind, address, request.Enabled ?? true, parts.Time.GetUtcNow()) { Secrets = secret is null ? [] : [secret] };
        if (!await parts.Store.AddAsync(destination, parts.Settings.DestinationsPerRestaurant, http.RequestAborted))
        {
            return new ApiProblem(409, "DESTINATIONS_EXHAUSTED", $"A restaurant has at most {parts.Settings.DestinationsPerRestaurant} destinations.");
        }

        await parts.AuditAsync("destination.added", destination, http);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Created($"/api/v1/destinations/{destination.Id}", DestinationBody.From(destination, secret));
    }

    private static async Task<IResult> ChangeAsync(string destinationId, DestinationRequest request, HttpContext http, DestinationParts parts)
    {
        if (await OwnAsync(destinationId, http, parts) is not { } destination)
        {
            return Unknown();
        }

        if (request.Kind is { } kind && kind != destination.Kind)
        {
            return Invalid("The kind of a destination cannot be changed.");
        }

        if (request.Address is { } address && parts.Probe.Judge(destination.Kind, address) is { } fault)
        {
            return Invalid(fault);
        }

        var changed = destination with { Address = request.Address ?? destination.Address, IsEnabled = request.Enabled ?? destination.IsEnabled };
        if (!await parts.Store.ChangeAsync(changed, http.RequestAborted))
        {
            return Unknown();
        }

        await parts.AuditAsync("destination.changed", changed, http);
        parts.Hurry(destinationId);
        return Results.Ok(DestinationBody.From(changed));
    }

    private static async Task<IResult> RemoveAsync(string destinationId, HttpContext http, DestinationParts parts)
    {
        if (await OwnAsync(destinationId, http, parts) is not { } destination || !await parts.Store.RemoveAsync(destination.Restaurant, destinationId, http.RequestAborted))
        {
            return Unknown();
        }

        await parts.AuditAsync("destination.removed", destination, http);
        return Results.NoContent();
    }

    private static async Task<IResult> RotateAsync(string destinationId, HttpContext http, DestinationParts parts)
    {
        if (await OwnAsync(destinationId, http, parts) is not { } destination)
        {
            return Unknown();
        }

        if (destination.Kind != DestinationKind.Pos)
        {
            return new ApiProblem(409, "DESTINATION_UNSIGNED", "Only webhooks are signed.");
        }

        var secret = WebhookSignature.NewSecret();
        var rotated = destination with { Secrets = [secret, .. destination.Secrets.Take(1)], PreviousSecretUntil = parts.Time.GetUtcNow() + parts.Settings.SecretOverlap };
        if (!await parts.Store.RotateAsync(rotated, http.RequestAborted))
        {
            return Unknown();
        }

        await parts.AuditAsync("destination.secret-replaced", rotated, http);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(DestinationBody.From(rotated, secret));
    }

    private static async Task<IResult> TestAsync(string destinationId, HttpContext http, DestinationParts parts)
    {
        if (await OwnAsync(destinationId, http, parts) is not { } destination)
        {
            return Unknown();
        }

        var error = await parts.Probe.TryAsync(destination, http.RequestAborted);
        if (error is null)
        {
            parts.Hurry(destinationId);
        }

        return Results.Ok(new ProbeBody(error is null, error));
    }

    private static async Task<IResult> ReplayDeadAsync(string destinationId, HttpContext http, DestinationParts parts) =>
        await OwnAsync(destinationId, http, parts) is { } destination ? await parts.ReplayDeadAsync(destination, http) : Unknown();

    private static async Task<Destination?> OwnAsync(string destinationId, HttpContext http, DestinationParts parts) =>
        await parts.Store.FindAsync(destinationId, http.RequestAborted) is { } found && found.Restaurant == http.Caller().Restaurant.Value ? found : null;

    private static ApiProblem Unknown() => new(404, "DESTINATION_UNKNOWN", "There is no such destination.");

    private static ApiProblem Invalid(string sentence) => new ApiProblem(422, "DESTINATION_INVALID", sentence).With("path", "$.address");
}
