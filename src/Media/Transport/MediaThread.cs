using System.Runtime.InteropServices;

namespace VoiceOrdering.Media.Transport;

/// <summary>
/// Asks the kernel to prefer the calling thread. A pacer works for some microseconds at an exact moment; on a busy machine it would otherwise wait
/// behind whole time slices of other work, and every call of its share would stutter.
/// </summary>
internal static partial class MediaThread
{
    // On Linux a nice value belongs to a thread; 0 means the calling one.
    private const int PriorityOfProcess = 0;
    private const uint CallingThread = 0;
    private const int Nice = -11;

    /// <summary>Best effort: without the privilege (root or CAP_SYS_NICE) and on other systems nothing changes.</summary>
    public static void RaisePriority()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = setpriority(PriorityOfProcess, CallingThread, Nice);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Not glibc: ordinary priority.
        }
    }

    [LibraryImport("libc.so.6")]
    private static partial int setpriority(int which, uint who, int priority);
}
