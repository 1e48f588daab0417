namespace VoiceOrdering.Grains;

/// <summary>Writes of immutable state.</summary>
internal static class PersistentStateWrites
{
    /// <summary>
    /// Puts <paramref name="next"/> in force once it is durable. When the write fails the old state stays in force in memory; whether
    /// the store took it shows at the next write by its ETag, which then drops the activation.
    /// </summary>
    public static async Task ReplaceAsync<T>(this IPersistentState<T> state, T next) where T : class
    {
        var before = state.State;
        state.State = next;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State = before;
            throw;
        }
    }
}
