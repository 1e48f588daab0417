using System.Runtime;

namespace VoiceOrdering.Bench;

/// <summary>The runtime's compiler, which makes code that is used often again and better while the program runs.</summary>
internal static class Compiler
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(20);

    /// <summary>Ends when nothing was compiled for a second; what calls are worth compiling again is decided 100 ms after the last new one.</summary>
    public static async Task RestsAsync(CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var compiled = -1L;
        while (compiled != (compiled = JitInfo.GetCompiledMethodCount()) && TimeProvider.System.GetElapsedTime(begun) < Most)
        {
            await Task.Delay(Quiet, TimeProvider.System, cancellationToken);
        }
    }
}
