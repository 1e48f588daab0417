using System.Runtime.InteropServices;
using VoiceOrdering.Media.WebRtc;

namespace VoiceOrdering.Media.Transport;

/// <summary>
/// Asks the kernel to prefer the calling thread. A pacer works for some microseconds at an exact moment; on a busy machine it would otherwise wait
/// behind whole time slices of other work, and every call of its share would stutter. Best effort: without the privilege (root or CAP_SYS_NICE)
/// and on other systems nothing changes.
/// </summary>
internal static partial class MediaThread
{
    // On Linux scheduling belongs to a thread; 0 means the calling one. See sched(7).
    private const int CallingThread = 0;
    private const int RoundRobin = 2;
    private const int ResetOnFork = 0x4000_0000;
    private const int LowestRealtimePriority = 1;
    private const int PriorityOfProcess = 0;
    private const int Nice = -11;

    public static void Prefer(MediaThreadPriority priority)
    {
        if (priority == MediaThreadPriority.Normal || !OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            // A nice value alone counts only within the process's own group when the kernel groups by session or container.
            if (priority != MediaThreadPriority.Realtime
                || sched_setscheduler(CallingThread, RoundRobin | ResetOnFork, LowestRealtimePriority) != 0)
            {
                _ = setpriority(PriorityOfProcess, CallingThread, Nice);
            }
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Not glibc: ordinary priority.
        }
    }

    // The parameter is struct sched_param, whose only member is the priority.
    [LibraryImport("libc.so.6")]
    private static partial int sched_setscheduler(int thread, int policy, in int priority);

    [LibraryImport("libc.so.6")]
    private static partial int setpriority(int which, int who, int priority);
}
