using System.Runtime.InteropServices;

namespace VoiceOrdering.Media.Transport;

/// <summary>
/// Waits to a fraction of a millisecond on the thread of its own that a pacer has. A wait handle wakes on a millisecond grid (1.4 ms late at p95),
/// clock_nanosleep about 0.1 ms late.
/// </summary>
internal static partial class PreciseWait
{
    private const int ClockMonotonic = 1;
    private static readonly EventWaitHandle s_never = new(false, EventResetMode.ManualReset);
    private static volatile bool s_isNativeMissing = !OperatingSystem.IsLinux();

    /// <summary>Returns at once when <paramref name="duration"/> is not positive.</summary>
    public static void Wait(TimeSpan duration)
    {
        if (duration <= TimeSpan.Zero)
        {
            return;
        }

        if (!s_isNativeMissing)
        {
            try
            {
                Timespec request = new()
                {
                    Seconds = (nint)(duration.Ticks / TimeSpan.TicksPerSecond),
                    Nanoseconds = (nint)(duration.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick),
                };
                _ = clock_nanosleep(ClockMonotonic, 0, request, 0);
                return;
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
            {
                s_isNativeMissing = true;
            }
        }

        s_never.WaitOne((int)Math.Ceiling(duration.TotalMilliseconds));
    }

    [LibraryImport("libc.so.6")]
    private static partial int clock_nanosleep(int clock, int flags, in Timespec request, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
