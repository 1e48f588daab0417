using VoiceOrdering.Media.WebRtc;

namespace VoiceOrdering.Api.Calls;

/// <summary>Opens the media port when the process starts; when it stops, ends the calls politely before the port closes.</summary>
internal sealed class CallsService(WebRtcServer server, LiveCalls calls) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => server.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await calls.DrainAsync(cancellationToken);
        await server.DisposeAsync();
    }
}
