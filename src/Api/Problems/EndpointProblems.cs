namespace VoiceOrdering.Api.Problems;

/// <summary>Tells the OpenAPI document which errors an endpoint can answer.</summary>
internal static class EndpointProblems
{
    /// <summary>The endpoint answers these statuses with problem details.</summary>
    public static RouteHandlerBuilder Problem(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.ProducesProblem(status);
        }

        return endpoint;
    }
}
