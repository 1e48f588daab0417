using System.Runtime.CompilerServices;

namespace VoiceOrdering.Silo.Tests;

/// <summary>Bounds every wait of a test; running out says what was awaited.</summary>
internal static class Within
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<T> InTimeAsync<T>(this Task<T> task, [CallerArgumentExpression(nameof(task))] string awaited = "")
    {
        await ((Task)task).InTimeAsync(awaited);
        return await task;
    }

    public static async Task InTimeAsync(this Task task, [CallerArgumentExpression(nameof(task))] string awaited = "")
    {
        try
        {
            await task.WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Did not happen within {Patience.TotalSeconds} s: {awaited}");
        }
    }
}
