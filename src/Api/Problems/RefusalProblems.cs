namespace VoiceOrdering.Api.Problems;

/// <summary>Which HTTP status a domain refusal gets. A code that is not in the table is about the request's content: 422.</summary>
internal static class RefusalProblems
{
    private static readonly Dictionary<string, int> Statuses = new(StringComparer.Ordinal)
    {
        [RefusalCodes.IdempotencyKeyInvalid] = 400,
        [RefusalCodes.TextMissing] = 400,
        [RefusalCodes.ScopeMissing] = 403,
        [RefusalCodes.ResumeTokenInvalid] = 403,
        [RefusalCodes.FlagOverrideRefused] = 403,
        [RefusalCodes.FlagUnknown] = 404,
        [RefusalCodes.TenantMismatch] = 404,
        [RefusalCodes.SessionUnknown] = 404,
        [RefusalCodes.OrderUnknown] = 404,
        [RefusalCodes.RestaurantUnknown] = 404,
        [RefusalCodes.MenuMissing] = 404,
        [RefusalCodes.LineUnknown] = 404,
        [RefusalCodes.VoucherUnknown] = 404,
        [RefusalCodes.CustomerUnknown] = 404,
        [RefusalCodes.VoucherRedeemed] = 409,
        [RefusalCodes.VoucherVoided] = 409,
        [RefusalCodes.VoucherExpired] = 409,
        [RefusalCodes.VoucherMinimum] = 409,
        [RefusalCodes.CustomerVersionConflict] = 412,
        [RefusalCodes.VoucherAttemptsExhausted] = 429,
        [RefusalCodes.LookUpsExhausted] = 429,
        [RefusalCodes.CartEmpty] = 409,
        [RefusalCodes.PriceChanged] = 409,
        [RefusalCodes.RestaurantClosed] = 409,
        [RefusalCodes.MenusExhausted] = 409,
        [RefusalCodes.MenuSwitchesExhausted] = 409,
        [RefusalCodes.SettingsVersionConflict] = 412,
        [RefusalCodes.CartClosed] = 409,
        [RefusalCodes.TransitionInvalid] = 409,
        [RefusalCodes.RecallLate] = 409,
        [RefusalCodes.PhaseInvalid] = 409,
        [RefusalCodes.BridgeFenced] = 409,
        [RefusalCodes.SessionEnded] = 409,
        [RefusalCodes.SessionExpired] = 410,
        [RefusalCodes.CartVersionConflict] = 412,
        [RefusalCodes.MenuVersionConflict] = 412,
        [RefusalCodes.FlagsVersionConflict] = 412,
        [RefusalCodes.TextTooLong] = 413,
        [RefusalCodes.ListenersExhausted] = 429,
        [RefusalCodes.ToolCallsExhausted] = 429,
        [RefusalCodes.CartChangesExhausted] = 429,
    };

    /// <summary>The refusal as an answer. A tenant mismatch found by a grain is told as "not there", so that ids of others cannot be probed.</summary>
    public static ApiProblem ToProblem(this Refusal refusal)
    {
        var status = Statuses.GetValueOrDefault(refusal.Code, StatusCodes.Status422UnprocessableEntity);
        var problem = refusal.Code == RefusalCodes.TenantMismatch
            ? new ApiProblem(status, RefusalCodes.SessionUnknown, "There is no such session.")
            : new ApiProblem(status, refusal.Code, refusal.Sentence);
        if (refusal.Choices.Count > 0)
        {
            problem = problem.With("choices", refusal.Choices);
        }

        return status == StatusCodes.Status429TooManyRequests ? problem with { RetryAfter = TimeSpan.FromSeconds(5) } : problem;
    }
}
