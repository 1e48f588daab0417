using System.Collections.Concurrent;

namespace VoiceOrdering.Engine.Tests.Support;

/// <summary>Named events that tests and the grains under test share; a real cluster would be in one process for these tests too.</summary>
internal static class Gates
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource<string>> Known = new(StringComparer.Ordinal);
    private static int last;

    /// <summary>A name no other test has.</summary>
    public static string New(string prefix) => $"{prefix}-{Interlocked.Increment(ref last)}";

    public static Task<string> Reached(string name) => Of(name).Task;

    public static void Open(string name, string value = "") => Of(name).TrySetResult(value);

    private static TaskCompletionSource<string> Of(string name)
        => Known.GetOrAdd(name, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
}
