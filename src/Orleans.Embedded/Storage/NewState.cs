namespace OrleansEmbedded.Storage;

/// <summary>Makes the state of a grain that has none stored.</summary>
internal static class NewState
{
    public static TState Create<TState>()
    {
        if (typeof(TState).IsValueType)
        {
            return default!;
        }

        if (typeof(TState).GetConstructor(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic, []) is not null)
        {
            return (TState)Activator.CreateInstance(typeof(TState), nonPublic: true)!;
        }

        return default!;
    }
}
