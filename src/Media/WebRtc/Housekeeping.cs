using Microsoft.Extensions.Logging;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>The timer thread: DTLS retransmission, RTCP reports, time-outs of all sessions.</summary>
internal sealed class Housekeeping : IDisposable
{
    // Half the first DTLS retransmission time.
    private const int BusyIntervalMs = 50;
    private const int QuietIntervalMs = 250;

    private readonly MediaHost _host;
    private readonly Thread _thread;
    private readonly AutoResetEvent _wake = new(false);
    private volatile bool _isStopping;

    public Housekeeping(MediaHost host)
    {
        _host = host;
        _thread = new Thread(Run) { IsBackground = true, Name = "media-timer" };
        _thread.Start();
    }

    /// <summary>A session began: its handshake may need the short interval at once.</summary>
    public void Wake() => _wake.Set();

    public void Dispose()
    {
        _isStopping = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    private bool Serve(WebRtcLeg leg, long now)
    {
        try
        {
            return leg.OnHousekeeping(now);
        }
#pragma warning disable CA1031 // One leg's failure must not stop the thread that keeps time for all.
        catch (Exception e)
        {
            _host.Log.LogError(e, "Housekeeping of leg {LegId} failed", leg.LegId);
            return false;
        }
#pragma warning restore CA1031
    }

    private void Run()
    {
        int intervalMs = QuietIntervalMs;
        while (!_isStopping)
        {
            _wake.WaitOne(intervalMs);
            bool isBusy = false;
            long now = _host.Time.GetTimestamp();
            foreach (WebRtcLeg leg in _host.Table.Legs)
            {
                isBusy |= Serve(leg, now);
            }

            intervalMs = isBusy ? BusyIntervalMs : QuietIntervalMs;
        }
    }
}
