using VoiceOrdering.Media.Dtls;
using VoiceOrdering.Media.Srtp;
using VoiceOrdering.Media.WebRtc;

namespace VoiceOrdering.Media.Tests.WebRtc;

public sealed class WarmUpTests
{
    /// <summary>A start on a machine so busy that DTLS timers run out in the middle of the handshake must not fail.</summary>
    [Fact]
    public void The_warm_up_completes_while_every_core_is_busy()
    {
        using DtlsContext context = new(TimeProvider.System, SrtpProfile.OfferedNames);
        using CancellationTokenSource stop = new();
        Thread[] busy = [.. Enumerable.Range(0, Environment.ProcessorCount * 8).Select(_ => new Thread(() => Spin(stop.Token)) { IsBackground = true })];
        Array.ForEach(busy, t => t.Start());
        try
        {
            for (int i = 0; i < 5; i++)
            {
                WarmUp.Run(context, hasOpus: true);
            }
        }
        finally
        {
            stop.Cancel();
            Array.ForEach(busy, t => t.Join());
        }
    }

    private static void Spin(CancellationToken stop)
    {
        double x = 1;
        while (!stop.IsCancellationRequested)
        {
            x = Math.Sqrt(x + 1);
        }
    }
}
