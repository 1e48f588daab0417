using VoiceOrdering.Realtime.Simulator.Faults;

namespace VoiceOrdering.Realtime.Simulator.Hosting;

/// <summary>Faults on demand over HTTP, for tests and demonstrations in another process. No access control: loopback use only.</summary>
internal static class ControlApi
{
    public static void Map(IEndpointRouteBuilder endpoints, string prefix, SimulatorControl control)
    {
        var group = endpoints.MapGroup(prefix).ExcludeFromDescription();
        group.MapGet("/faults", () => control.Faults);
        group.MapPut("/faults", (SimulatorFaults faults) =>
        {
            control.Faults = faults;
            return faults;
        });
        group.MapDelete("/faults", () =>
        {
            control.Faults = SimulatorFaults.None;
            return Results.NoContent();
        });
        group.MapGet("/sessions", () => control.SessionIds);
        group.MapPut("/sessions/{id}/faults", (string id, SimulatorFaults faults) =>
        {
            control.SetFaults(id, faults);
            return faults;
        });
        group.MapPost("/sessions/{id}/close", (string id, int? code, string? reason) =>
            Answer(control.TryClose(id, code ?? 1001, reason ?? "going away")));
        group.MapPost("/sessions/{id}/expire", (string id) => Answer(control.TryExpire(id)));
        group.MapPost("/sessions/{id}/resume", (string id) => Answer(control.TryResume(id)));
    }

    private static IResult Answer(bool found) =>
        found ? Results.NoContent() : ApiError.Of(StatusCodes.Status404NotFound, "session_not_found", "No session with this id is open.");
}
