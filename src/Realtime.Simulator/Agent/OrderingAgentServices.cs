using Microsoft.Extensions.DependencyInjection.Extensions;
using VoiceOrdering.Realtime.Simulator.Ear;
using VoiceOrdering.Realtime.Simulator.Models;
using VoiceOrdering.Realtime.Simulator.Voice;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>Plugs the ordering agent, its ear and its voice into a simulator.</summary>
public static class OrderingAgentServices
{
    /// <summary>
    /// Adds them as the simulator's brain and voice. On a machine without espeak-ng the voice is a tone and only typed turns are understood;
    /// a warning says so once at start.
    /// </summary>
    /// <param name="settings">Settings of the ear; null takes them from section <c>Simulator:Ear</c>.</param>
    public static IServiceCollection AddOrderingAgent(this IServiceCollection services, EarSettings? settings = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ISimulatedModelFactory>(provider =>
        {
            var chosen = settings ?? provider.GetService<IConfiguration>()?.GetSection("Simulator:Ear").Get<EarSettings>() ?? new EarSettings();
            var ear = SpeechEar.Find(chosen, provider.GetRequiredService<TimeProvider>(), provider.GetService<ILogger<SpeechEar>>());
            if (ear is null)
            {
                provider.GetService<ILogger<OrderingAgentFactory>>()?.LogWarning(
                    "espeak-ng is not installed: the simulator answers with a tone and understands typed turns only.");
            }

            return new OrderingAgentFactory(ear);
        });
        services.AddSingleton(_ => EspeakVoice.FindOrTone());
        return services;
    }
}
