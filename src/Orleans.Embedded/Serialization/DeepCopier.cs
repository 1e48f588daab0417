using OrleansEmbedded.Serialization;

namespace Orleans.Serialization;

/// <summary>Copies values so that neither side sees what the other changes.</summary>
public sealed class DeepCopier
{
    internal DeepCopier()
    {
    }

    /// <summary>A copy; immutable values are themselves.</summary>
    public T Copy<T>(T value) => Isolation<T>.Copy(value);
}
