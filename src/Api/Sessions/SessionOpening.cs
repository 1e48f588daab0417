using VoiceOrdering.Identity;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Sessions;

/// <summary>Opens sessions, and sees to it that flags are decided by hand only in development.</summary>
internal sealed partial class SessionOpening(IGrainFactory grains, IIdSource ids, IHostEnvironment environment, ILogger<SessionOpening> log)
{
    public async Task<Outcome<SessionOpened>> OpenAsync(Caller caller, OpenSession command)
    {
        if (command.FlagOverrides.Count > 0 && !environment.IsDevelopment())
        {
            FlagOverrideRefused(log, caller.Subject, command.FlagOverrides.Count);
            return new Refusal(RefusalCodes.FlagOverrideRefused, "Flags cannot be set for a single session here.");
        }

        return await grains.GetGrain<ISessionGrain>(ids.NewId("ses_")).OpenAsync(caller, command);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A wish of {Subject} to set {Count} flags for one session was refused")]
    private static partial void FlagOverrideRefused(ILogger log, string subject, int count);
}
