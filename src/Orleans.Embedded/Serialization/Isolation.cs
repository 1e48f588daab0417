namespace OrleansEmbedded.Serialization;

/// <summary>Keeps values of a type apart on both sides of a grain boundary. Used by generated code.</summary>
/// <typeparam name="T">The static type of the value.</typeparam>
public static class Isolation<T>
{
    private static readonly Slot<T> Slot = Slots.For<T>();

    /// <summary>Whether every value of the type may be shared as it is.</summary>
    public static bool IsShared => Slot.IsShared;

    /// <summary>A copy, or the value itself where it may be shared.</summary>
    public static T Copy(T value)
    {
        if (Slot.IsShared || value is null)
        {
            return value;
        }

        var scope = CopyScope.Rent();
        try
        {
            return Slot.Copy(value, scope);
        }
        finally
        {
            CopyScope.Return(scope);
        }
    }
}
