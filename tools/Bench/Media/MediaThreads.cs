using System.Globalization;

namespace VoiceOrdering.Bench.Media;

/// <summary>CPU time of the threads of the media plane, from the kernel's accounting per thread (Linux).</summary>
internal static class MediaThreads
{
    private const string NamePrefix = "media-";

    public static double CpuSeconds()
    {
        double seconds = 0;
        foreach (string task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                if (File.ReadAllText(task + "/comm").StartsWith(NamePrefix, StringComparison.Ordinal))
                {
                    // schedstat: nanoseconds on a processor, nanoseconds waiting for one, time slices.
                    seconds += long.Parse(File.ReadAllText(task + "/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1e9;
                }
            }
            catch (IOException)
            {
                // The thread has ended meanwhile.
            }
        }

        return seconds;
    }
}
