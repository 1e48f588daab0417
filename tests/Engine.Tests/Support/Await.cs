namespace VoiceOrdering.Engine.Tests.Support;

/// <summary>Awaits with a limit that says what was awaited.</summary>
internal static class Await
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<T> Of<T>(Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(Limit, TimeProvider.System);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {Limit} for {what}.");
        }
    }

    public static async Task Of(Task task, string what)
    {
        try
        {
            await task.WaitAsync(Limit, TimeProvider.System);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {Limit} for {what}.");
        }
    }
}
